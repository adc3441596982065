package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactionTest {
    @TempDir
    Path folder = Path.of("");

    private Path dump() throws IOException {
        HprofBuilder dump = new HprofBuilder();
        dump.type("com.shop.Card", "java.lang.Object", List.of("number"));
        long number = dump.text("4111111111111111");
        dump.constant("the password of the year");
        dump.root(dump.instance("com.shop.Card", Map.of("number", number)));
        return dump.writeTo(folder);
    }

    private static String latin(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    @Test
    void valuesAndConstantsAreGoneAndTheGraphStays() throws IOException {
        Path in = dump();
        Path out = folder.resolve("out.hprof");
        Redaction.Result result = Redaction.redact(in, out);
        assertThat(result.blankedBytes()).isGreaterThanOrEqualTo(16 + 24);
        assertThat(latin(in)).contains("4111111111111111", "the password of the year");
        assertThat(latin(out))
                .doesNotContain("4111111111111111", "the password of the year")
                .contains("com/shop/Card", "number");
        try (Heap before = Heap.open(in);
                Heap after = Heap.open(out)) {
            assertThat(after.report(50).histogram()).isEqualTo(before.report(50).histogram());
            assertThat(after.report(50).biggest()).isEqualTo(before.report(50).biggest());
        }
    }

    @Test
    void aPackedDumpIsReadAndNothingOfItIsLeftInTheCopy() throws IOException {
        Path in = dump();
        Path packed = folder.resolve("in.hprof.gz");
        try (OutputStream gz = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(in, gz);
        }
        Path out = folder.resolve("out.hprof");
        Path plain = folder.resolve("plain.hprof");
        assertThat(Redaction.redact(packed, out)).isEqualTo(Redaction.redact(in, plain));
        assertThat(out).hasSameBinaryContentAs(plain);
        assertThat(latin(out)).doesNotContain("4111111111111111").contains("com/shop/Card");
    }

    @Test
    void anExistingFileIsLeftAlone() throws IOException {
        Path in = dump();
        assertThatThrownBy(() -> Redaction.redact(in, in)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(latin(in)).contains("4111111111111111");
    }

    @Test
    void aFailedCopyLeavesNothingBehind() throws IOException {
        Path in = Files.writeString(folder.resolve("notes.txt"), "no dump at all");
        Path out = folder.resolve("none.hprof");
        assertThatThrownBy(() -> Redaction.redact(in, out)).isInstanceOf(HeapFormatException.class);
        assertThat(out).doesNotExist();
    }
}
