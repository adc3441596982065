package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a report adds up to, on a dump of the JVM that runs this test.
class ReportTest {
    private static final int LARGE = 3_000_000;
    private static final int ALL = 1_000_000;
    private static final int BUFFERS = 40;
    private static final int BUFFER_BYTES = 1 << 20;
    private static final List<ByteBuffer> DIRECT = new ArrayList<>();

    @TempDir
    static Path folder = Path.of("");

    private static Heap heap;
    private static HeapReport report;

    @BeforeAll
    static void dump() throws IOException, InterruptedException {
        for (int i = 0; i < BUFFERS; i++) {
            DIRECT.add(ByteBuffer.allocateDirect(BUFFER_BYTES));
        }
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch dumped = new CountDownLatch(1);
        Thread holder = Thread.ofPlatform().name("holder of a large array").start(() -> hold(holding, dumped));
        holding.await();
        Path file = folder.resolve("self.hprof");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        } finally {
            dumped.countDown();
            holder.join();
        }
        heap = Heap.open(file);
        report = heap.report(ALL);
    }

    private static void hold(CountDownLatch holding, CountDownLatch dumped) {
        byte[] large = new byte[LARGE];
        holding.countDown();
        try {
            dumped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(large).hasSize(LARGE);
    }

    @AfterAll
    static void close() {
        heap.close();
        DIRECT.clear();
    }

    private static <T> long sum(List<T> rows, ToLongFunction<T> value) {
        return rows.stream().mapToLong(value).sum();
    }

    @Test
    @Tag("slow")
    void everyReadingSaysTheSameWhicheverThreadIsFirst() throws IOException {
        for (int threads : new int[] {1, 2, 4, 4}) {
            OpenOptions options = OpenOptions.defaults().withThreads(threads);
            try (Heap again = Heap.open(folder.resolve("self.hprof"), options)) {
                assertThat(again.report(ALL)).isEqualTo(report);
            }
        }
    }

    @Test
    void everyReachableObjectBelongsToOnePackageOneLoaderAndOneLibrary() {
        for (List<HeapReport.GroupUse> groups : List.of(report.packages(), report.loaders(), report.libraries())) {
            assertThat(sum(groups, HeapReport.GroupUse::instances)).isEqualTo(report.reachable());
            assertThat(sum(groups, HeapReport.GroupUse::shallow)).isEqualTo(report.reachableBytes());
            assertThat(groups)
                    .allSatisfy(
                            group -> assertThat(group.retained()).isBetween(group.shallow(), report.reachableBytes()));
        }
    }

    @Test
    void theLibrariesOfThisTestAreNamedWithTheirVersions() {
        assertThat(report.libraries())
                .extracting(HeapReport.GroupUse::name)
                .contains("the JDK", "the application")
                .anyMatch(name -> name.matches("pkg:maven/org\\.junit\\.platform/junit-platform-engine@[\\d.]+"));
    }

    @Test
    void whatIsReachableAndWhatIsNotAddUp() {
        HeapReport.Unreachable left = report.unreachable();
        assertThat(left.objects()).isEqualTo(report.objects() - report.reachable());
        assertThat(left.bytes()).isEqualTo(report.bytes() - report.reachableBytes());
        assertThat(sum(left.types(), HeapReport.TypeUse::instances)).isEqualTo(left.objects());
        assertThat(sum(left.types(), HeapReport.TypeUse::shallow)).isEqualTo(left.bytes());
    }

    @Test
    void rootsByKindAddUp() {
        assertThat(report.rootsByKind().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(report.roots());
    }

    @Test
    void aThreadIsShownWithTheCallWhoseLocalVariableHolds() {
        HeapReport.ThreadUse thread = report.threads().stream()
                .filter(one -> one.name().equals("holder of a large array"))
                .findFirst()
                .orElseThrow();
        assertThat(thread.retained()).isGreaterThan(LARGE);
        HeapReport.FrameUse frame = thread.frames().stream()
                .filter(one -> one.method().equals("io.staunch.heap.ReportTest.hold"))
                .findFirst()
                .orElseThrow();
        assertThat(frame.locals().getFirst().type()).isEqualTo("byte[]");
        assertThat(frame.locals().getFirst().retained()).isGreaterThan(LARGE);
    }

    @Test
    void directBuffersThatPileUpAreASuspectForWhatTheyHoldOutsideTheHeap() {
        LeakSuspect suspect = report.suspects().stream()
                .filter(one -> one.holder().contains("static io.staunch.heap.ReportTest.DIRECT"))
                .findFirst()
                .orElseThrow();
        assertThat(suspect.shape()).isEqualTo(Shape.DIRECT_BUFFERS);
        assertThat(suspect.instances()).isEqualTo(BUFFERS);
        assertThat(suspect.directBytes()).isEqualTo((long) BUFFERS * BUFFER_BYTES);
        assertThat(suspect.why()).endsWith(", and 40.0 MiB outside it in direct buffers");
        assertThat(report.findings())
                .filteredOn(finding -> finding.shape() == Shape.DIRECT_BUFFERS)
                .singleElement()
                .satisfies(finding -> assertThat(finding.bytes()).isGreaterThanOrEqualTo(suspect.directBytes()));
    }

    @Test
    void whatRetainsWhatAddsUpAtEveryNode() {
        RetainedNode root = heap.retained(0);
        assertThat(root.retained()).isEqualTo(report.reachableBytes());
        assertThat(objects(root)).isEqualTo(report.reachable());
        assertAddsUp(root);
    }

    private static long objects(RetainedNode node) {
        return node.count() + sum(node.children(), ReportTest::objects);
    }

    private static void assertAddsUp(RetainedNode node) {
        assertThat(node.shallow() + sum(node.children(), RetainedNode::retained))
                .as(node.label())
                .isEqualTo(node.retained());
        node.children().forEach(ReportTest::assertAddsUp);
    }

    @Test
    void smallNodesAreLeftOutOfWhatRetainsWhat() {
        RetainedNode root = heap.retained(0.05);
        assertThat(root.children()).isNotEmpty().allMatch(child -> child.retained() >= 0.05 * root.retained());
    }

    @Test
    void anObjectKnowsWhatItRefersToAndWhatHoldsIt() {
        HeapObject thread = heap.instancesOf("java.lang.Thread")
                .filter(one -> one.path().equals(List.of("thread \"holder of a large array\"")))
                .findFirst()
                .orElseThrow();
        HeapObject array = thread.references().stream()
                .filter(one -> one.type().equals("byte[]") && one.shallow() > LARGE)
                .findFirst()
                .orElseThrow();
        assertThat(array.dominator()).contains(thread);
        assertThat(array.isReachable()).isTrue();
        assertThat(array.path().getLast())
                .isEqualTo("thread \"holder of a large array\" local in io.staunch.heap.ReportTest.hold");
        assertThat(heap.object(array.id())).contains(array);
        assertThat(thread.isA("java.lang.Object")).isTrue();
        assertThat(heap.object(1)).isEmpty();
    }
}
