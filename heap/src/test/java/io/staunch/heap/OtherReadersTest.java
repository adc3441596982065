package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.JavaClass;
import shark.HeapField;
import shark.HeapObject.HeapClass;
import shark.HeapObject.HeapInstance;
import shark.HprofHeapGraph;

/// What a redacted dump of a real JVM looks like to readers that others wrote.
class OtherReadersTest {
    private static final int MANY = 500;

    /// What is dumped.
    static final class Card {
        final String number;
        final int code;
        final byte[] chip;
        final @Nullable Card previous;

        Card(String number, int code, @Nullable Card previous) {
            this.number = number;
            this.code = code;
            this.chip = new byte[] {1, 2, 3};
            this.previous = previous;
        }

        boolean isFirst() {
            return previous == this;
        }
    }

    private static final List<Card> CARDS = new ArrayList<>();

    @TempDir
    static Path folder = Path.of("");

    private static Path redacted = Path.of("");

    @BeforeAll
    static void dump() throws IOException {
        for (int i = 0; i < MANY; i++) {
            CARDS.add(new Card("4111 1111 " + i, 777_000 + i, CARDS.isEmpty() ? null : CARDS.getLast()));
        }
        Path full = folder.resolve("full.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(full.toString(), true);
        redacted = folder.resolve("redacted.hprof");
        Redaction.redact(full, redacted);
    }

    @Test
    void theProfilerLibraryOfNetBeansSeesTheGraphWithoutItsValues() throws IOException {
        JavaClass type = HeapFactory.createHeap(redacted.toFile()).getJavaClassByName(Card.class.getName());
        assertThat(type.getInstancesCount()).isEqualTo(MANY);
        int linked = 0;
        for (Object one : type.getInstances()) {
            Instance card = (Instance) one;
            assertThat(card.getValueOfField("code")).isEqualTo(0);
            assertThat(card.getValueOfField("number")).isInstanceOf(Instance.class);
            linked += card.getValueOfField("previous") == null ? 0 : 1;
        }
        assertThat(linked).isEqualTo(MANY - 1);
    }

    @Test
    void sharkSeesTheGraphWithoutItsValues() throws IOException {
        try (var graph = HprofHeapGraph.Companion.openHeapGraph(redacted.toFile(), null, Set.of())) {
            HeapClass type = Objects.requireNonNull(graph.findClassByName(Card.class.getName()));
            List<@Nullable Integer> codes = new ArrayList<>();
            type.getInstances().iterator().forEachRemaining(card -> codes.add(codeOf(card)));
            assertThat(codes).hasSize(MANY).containsOnly(0);
        }
    }

    private static @Nullable Integer codeOf(HeapInstance card) {
        HeapField code = Objects.requireNonNull(card.get(Card.class.getName(), "code"));
        return code.getValue().getAsInt();
    }

    @Test
    void weSeeTheSameAsTheyDo() throws IOException {
        try (Heap heap = Heap.open(redacted)) {
            List<HeapObject> cards = heap.instancesOf(Card.class.getName()).toList();
            assertThat(cards).hasSize(MANY);
            assertThat(cards)
                    .filteredOn(card -> card.reference("previous").isEmpty())
                    .hasSize(1);
            assertThat(cards.getFirst().reference("number").flatMap(HeapObject::text))
                    .hasValueSatisfying(text -> assertThat(text).matches("\\x00+"));
        }
    }
}
