package io.staunch.collect.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PerfDataTest {
    private final ByteBuffer file = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    private int entries;

    PerfDataTest() {
        file.position(32);
    }

    private PerfDataTest number(String name, long value) {
        byte[] nameBytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
        int data = (20 + nameBytes.length + 7) / 8 * 8;
        return entry(
                nameBytes,
                data,
                0,
                'J',
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value));
    }

    private PerfDataTest text(String name, String value, int capacity) {
        byte[] nameBytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(capacity).put(value.getBytes(StandardCharsets.UTF_8));
        return entry(nameBytes, 20 + nameBytes.length, capacity, 'B', bytes.position(capacity));
    }

    private PerfDataTest entry(byte[] name, int dataOffset, int vector, char type, ByteBuffer data) {
        int start = file.position();
        int length = dataOffset + data.capacity();
        file.putInt(length)
                .putInt(20)
                .putInt(vector)
                .put((byte) type)
                .put((byte) 0)
                .put((byte) 1)
                .put((byte) 1);
        file.putInt(dataOffset).put(name).position(start + dataOffset).put(data.flip());
        file.position(start + length);
        entries++;
        return this;
    }

    private ByteBuffer done() {
        file.order(ByteOrder.BIG_ENDIAN).putInt(0, 0xcafec0c0);
        file.order(ByteOrder.LITTLE_ENDIAN);
        file.put(4, (byte) 1).put(5, (byte) 2).put(7, (byte) 1).putInt(24, 32).putInt(28, entries);
        return file.duplicate().clear();
    }

    @Test
    void numbersAndTextsAreRead() {
        PerfData data = PerfData.parse(number("sun.rt.safepointTime", 3_000_000)
                        .text("sun.rt.javaCommand", "com.shop.Main", 64)
                        .number("sun.os.hrt.frequency", 1_000_000_000)
                        .text("sun.rt.jvmCapabilities", "0100", 64)
                        .done())
                .orElseThrow();
        assertThat(data.pausedNanos()).hasValue(3_000_000);
        assertThat(data.text("sun.rt.javaCommand")).contains("com.shop.Main");
        assertThat(data.allowsAttach()).isFalse();
        assertThat(data.number("absent")).isEmpty();
        assertThat(data.text("sun.rt.safepointTime")).isEmpty();
    }

    @Test
    void anythingElseIsNotTakenForCounters() {
        assertThat(PerfData.parse(ByteBuffer.allocate(10))).isEmpty();
        assertThat(PerfData.parse(ByteBuffer.allocate(4096))).isEmpty();
        ByteBuffer notYetAccessible = number("a", 1).done();
        notYetAccessible.put(7, (byte) 0);
        assertThat(PerfData.parse(notYetAccessible)).isEmpty();
    }

    @Test
    void aFileThatIsCutGivesWhatIsWhole() {
        ByteBuffer whole = number("first", 1).number("second", 2).done();
        for (int length = 32; length < file.position(); length++) {
            PerfData data = PerfData.parse(whole.slice(0, length)).orElseThrow();
            assertThat(data.number("second").orElse(2)).isEqualTo(2);
        }
    }
}
