package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Dumps in all forms that `jcmd GC.heap_dump` writes, of child JVMs with threads that wait.
@Tag("slow")
class DumpFormsTest {
    private static final int THREADS = 20;
    private static final int BASKET_BYTES = 100_000;
    private static final int ALL = 100_000;

    @TempDir
    Path folder = Path.of("");

    private Path dump(String jdk, String threads, String options) throws IOException, InterruptedException {
        Path dump = folder.resolve("waiting.hprof");
        ChildJvm.run(
                List.of(jdk),
                folder,
                "WaitingProgram",
                PROGRAM.replace("NEW_THREAD", threads),
                dump.toString(),
                options);
        return dump;
    }

    @ParameterizedTest(name = "needs JDK {0}: GC.heap_dump {1}")
    @CsvSource({
        "17, ''",
        "17, -all",
        "17, -gz=1",
        "17, -all -gz=9",
        "25, ''",
        "25, -all",
        "25, -gz=1",
        "25, -parallel=1",
        "25, -parallel=2",
        "25, -all -gz=1 -parallel=2"
    })
    void everyFormSaysWhatThreadsHold(String jdk, String options) throws IOException, InterruptedException {
        Path dump = dump(jdk, "new Thread(waiting)", options);
        byte[] bytes = Files.readAllBytes(dump);
        assertThat(bytes[0] == 0x1F).isEqualTo(options.contains("-gz"));
        try (Heap heap = Heap.open(dump)) {
            assertThat(heap.warnings()).isEmpty();
            assertThat(baskets(heap)).hasSize(THREADS).allSatisfy(basket -> {
                assertThat(basket.path().getFirst())
                        .startsWith("thread \"Thread-")
                        .contains(" local in ");
                assertThat(basket.dominator().map(HeapObject::type)).contains("java.lang.Thread");
            });
            boolean all = options.contains("-all");
            assertThat(heap.report(ALL).unreachable().objects() > ALL / 2).isEqualTo(all);
        }
    }

    @Test
    void virtualThreadsThatWaitHoldTheirLocals() throws IOException, InterruptedException {
        Path dump = dump("25", "Thread.ofVirtual().unstarted(waiting)", "");
        try (Heap heap = Heap.open(dump)) {
            assertThat(heap.warnings()).isEmpty();
            assertThat(baskets(heap)).hasSize(THREADS).allSatisfy(basket -> {
                assertThat(basket.isReachable()).isTrue();
                assertThat(basket.dominator().map(HeapObject::type)).contains("java.lang.VirtualThread");
            });
        }
    }

    private static List<HeapObject> baskets(Heap heap) {
        return heap.instancesOf("byte[]")
                .filter(one -> one.shallow() == BASKET_BYTES + heap.layout().arrayHeaderBytes())
                .toList();
    }

    private static final String PROGRAM = """
            import java.util.ArrayList;
            import java.util.List;
            import java.util.concurrent.CountDownLatch;

            public class WaitingProgram {
                static final int THREADS = 20;
                static final CountDownLatch READY = new CountDownLatch(THREADS);
                static final CountDownLatch DONE = new CountDownLatch(1);
                static final List<Thread> STARTED = new ArrayList<>();

                static void hold() throws InterruptedException {
                    byte[] basket = new byte[100_000];
                    READY.countDown();
                    DONE.await();
                    if (basket.length != 100_000) { throw new IllegalStateException(); }
                }

                public static void main(String[] args) throws Exception {
                    Runnable waiting = () -> {
                        try {
                            hold();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    };
                    for (int i = 0; i < THREADS; i++) {
                        Thread thread = NEW_THREAD;
                        STARTED.add(thread);
                        thread.setDaemon(true);
                        thread.start();
                    }
                    READY.await();
                    Thread.sleep(200);
                    Object[] garbage = new Object[80_000];
                    for (int i = 0; i < garbage.length; i++) { garbage[i] = new int[2]; }
                    garbage = null;
                    List<String> jcmd = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/jcmd",
                            String.valueOf(ProcessHandle.current().pid()), "GC.heap_dump"));
                    jcmd.addAll(List.of(args[1].split(" ")));
                    jcmd.removeIf(String::isEmpty);
                    jcmd.add(args[0]);
                    int exitCode = new ProcessBuilder(jcmd).inheritIO().start().waitFor();
                    if (exitCode != 0) { throw new IllegalStateException("jcmd: exit code " + exitCode); }
                    DONE.countDown();
                }
            }
            """;
}
