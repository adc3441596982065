package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.staunch.detect.Series;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Targets that can't be attached to, and targets that end or fail while they are asked.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class TargetThatFailsTest {
    @TempDir
    Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    private static AttachFailed attachFailure(long pid) {
        AttachFailed failed = catchThrowableOfType(AttachFailed.class, () -> JvmProbe.attach(pid));
        assertThat(failed).isNotNull();
        assertThat(failed.getMessage()).contains("expected").contains("found").doesNotContain("\n");
        return failed;
    }

    @Test
    void aNumberWithoutAProcessIsNoSuchProcess() {
        assertThat(attachFailure(4_194_303).kind()).isEqualTo(AttachFailed.Kind.NO_SUCH_PROCESS);
    }

    @Test
    void aShellIsNoJvmAndSurvivesTheAttempt() throws Exception {
        Process sleeper = new ProcessBuilder("sleep", "30").start();
        try {
            assertThat(attachFailure(sleeper.pid()).kind()).isEqualTo(AttachFailed.Kind.NOT_A_JVM);
            assertThat(sleeper.isAlive()).isTrue();
        } finally {
            sleeper.destroyForcibly();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void aJvmThatForbidsAttachingIsWatchedByItsCounters(Jdk jdk) throws Exception {
        try (ChildJvm child = ChildJvm.start(
                jdk, "-XX:+DisableAttachMechanism", "-XX:+UseSerialGC", "-Xmx64m", "ballast=10", "garbage=200000")) {
            assertThat(attachFailure(child.pid()).kind()).isEqualTo(AttachFailed.Kind.ATTACH_DISABLED);
            try (ProcessProbe probe = ProcessProbe.of(child.pid())) {
                probe.read();
                Thread.sleep(1500);
                List<Reading> readings = probe.read();
                assertThat(readings)
                        .filteredOn(reading -> reading.series().equals(PerfReadings.UPPER_BOUND))
                        .singleElement()
                        .satisfies(bound -> assertThat(bound.sample().value()).isBetween(10e6, 30e6));
                assertThat(readings)
                        .extracting(Reading::series)
                        .contains(Series.RSS, Series.RSS_BEYOND_HEAP, Series.THREADS, Series.OPEN_FILES);
            }
        }
    }

    @ParameterizedTest(name = "{0}, needs root")
    @MethodSource("jdks")
    void anotherUsersJvmIsWatchedByRootOnlyNeedsRoot(Jdk jdk) throws Exception {
        assumeTrue(isRoot(), "needs root, to start a JVM as another user");
        Path copy = Files.createTempDirectory("staunch-child");
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.copy(ChildJvm.classes().resolve("Child.class"), copy.resolve("Child.class"));
        Files.copy(ChildJvm.classes().resolve("Child$Line.class"), copy.resolve("Child$Line.class"));
        List<String> nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        try (ChildJvm child = ChildJvm.start(nobody, copy, jdk, "-Xmx64m", "ballast=5")) {
            assertThat(Jvms.running())
                    .filteredOn(jvm -> jvm.pid() == child.pid())
                    .singleElement()
                    .satisfies(jvm -> assertThat(jvm.user()).isEqualTo("nobody"));
            try (JvmProbe probe = JvmProbe.attach(child.pid());
                    HeapDump dump = probe.dump(copy, true)) {
                assertThat(dump.bytes()).isGreaterThan(5 << 20);
                assertThat(Files.getOwner(dump.file()).getName()).isEqualTo("nobody");
            }
        } finally {
            Files.delete(copy.resolve("Child.class"));
            Files.delete(copy.resolve("Child$Line.class"));
            Files.delete(copy);
        }
    }

    @Test
    void theSocketOfAKilledJvmThatHadTheSameNumberIsNoHindrance() throws Exception {
        try (ChildJvm child = ChildJvm.start(Jdk.CURRENT, "-Xmx64m")) {
            Path left = Path.of("/tmp/.java_pid" + child.pid());
            ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                    .bind(UnixDomainSocketAddress.of(left))
                    .close();
            Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(3_600)));
            try (JvmProbe probe = JvmProbe.attach(child.pid())) {
                assertThat(probe.read()).isNotEmpty();
            }
        }
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid && uid == 0;
    }

    @Test
    void aStoppedJvmTimesOutAtOnceAndAnswersAgainLater() throws Exception {
        try (ChildJvm child = ChildJvm.start(Jdk.CURRENT, "-Xmx64m")) {
            signal("-STOP", child);
            assertThat(attachFailure(child.pid()).kind()).isEqualTo(AttachFailed.Kind.TIMED_OUT);
            signal("-CONT", child);
            try (JvmProbe probe = JvmProbe.attach(child.pid())) {
                assertThat(probe.read()).isNotEmpty();
            }
        }
    }

    @Test
    void aJvmThatIsStoppedWhileWatchedIsNotAnswering() throws Exception {
        try (ChildJvm child = ChildJvm.start(Jdk.CURRENT, "-Xmx64m");
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            probe.read();
            signal("-STOP", child);
            TargetGone gone = catchThrowableOfType(TargetGone.class, probe::read);
            assertThat(gone.kind()).isEqualTo(TargetGone.Kind.NOT_ANSWERING);
            signal("-CONT", child);
        }
    }

    private static void signal(String signal, ChildJvm child) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(child.pid()))
                        .start()
                        .waitFor())
                .isZero();
        Thread.sleep(100);
    }

    private interface Asking {
        Object ask(JvmProbe probe) throws Exception;
    }

    /// Kills the target while it works on the answer.
    private Throwable killedDuring(Asking asking, Duration after, String... options) throws Exception {
        try (ChildJvm child = ChildJvm.start(Jdk.CURRENT, options);
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            probe.read();
            Thread killer = Thread.ofPlatform().start(() -> {
                try {
                    Thread.sleep(after);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                child.kill();
            });
            try {
                for (int i = 0; i < 10_000; i++) {
                    asking.ask(probe);
                }
                return new AssertionError("expected the target's end to be noticed");
            } catch (Exception e) {
                return e;
            } finally {
                killer.join();
            }
        }
    }

    private static void assertDied(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        TargetGone.class,
                        gone -> assertThat(gone.kind()).as(gone.getMessage()).isEqualTo(TargetGone.Kind.DIED));
        assertThat(thrown.getMessage()).doesNotContain("\n");
    }

    @Test
    void deathDuringReadingsIsTold() throws Exception {
        assertDied(killedDuring(JvmProbe::read, Duration.ofMillis(300)));
    }

    @Test
    void deathDuringAHistogramIsTold() throws Exception {
        assertDied(killedDuring(probe -> probe.histogram(true), Duration.ofMillis(300), "ballast=50"));
    }

    @Test
    void deathDuringNativeMemoryIsTold() throws Exception {
        assertDied(killedDuring(JvmProbe::nativeMemory, Duration.ofMillis(300)));
    }

    @Test
    void deathDuringThreadNamesIsTold() throws Exception {
        assertDied(killedDuring(JvmProbe::threadsByName, Duration.ofMillis(300)));
    }

    @Test
    void deathDuringOldObjectSamplesIsTold() throws Exception {
        assertDied(killedDuring(
                probe -> probe.oldObjects(Duration.ofMillis(50)), Duration.ofMillis(1500), "-XX:+UseG1GC"));
    }

    @Test
    void deathDuringADumpLeavesNoFile() throws Exception {
        Throwable thrown = killedDuring(
                probe -> {
                    probe.dump(directory, true).close();
                    return true;
                },
                Duration.ofMillis(400),
                "ballast=150");
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        DumpFailed.class, failed -> assertThat(failed.kind()).isEqualTo(DumpFailed.Kind.TARGET_GONE));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aTargetThatEndsDuringAttachIsTold() throws Exception {
        for (int after = 0; after < 250; after += 25) {
            int delay = after;
            try (ChildJvm child = ChildJvm.start(Jdk.CURRENT)) {
                Thread killer = Thread.ofPlatform().start(() -> {
                    try {
                        Thread.sleep(delay);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    child.kill();
                });
                try (JvmProbe probe = JvmProbe.attach(child.pid())) {
                    killer.join();
                    assertThatThrownBy(probe::read).isInstanceOf(TargetGone.class);
                } catch (AttachFailed e) {
                    killer.join();
                    assertThat(e.kind())
                            .as(e.getMessage())
                            .isIn(AttachFailed.Kind.DIED, AttachFailed.Kind.NO_SUCH_PROCESS);
                }
            }
        }
    }

    @Test
    void aDiskWithTooLittleRoomIsSeenBeforeTheDumpNeedsRoot() throws Exception {
        assumeTrue(isRoot(), "needs root, to mount a small file system");
        try (SmallDisk disk = SmallDisk.mount(4 << 20, directory.resolve("disk"));
                ChildJvm child = ChildJvm.start(Jdk.CURRENT, "ballast=20");
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            DumpFailed failed = catchThrowableOfType(DumpFailed.class, () -> probe.dump(disk.directory(), true));
            assertThat(failed.kind()).isEqualTo(DumpFailed.Kind.DISK_FULL);
            assertThat(failed.getMessage()).contains("expected").contains("MB of room");
            assertThat(probe.cost().addedPauseMillis()).isZero();
        }
    }

    @ParameterizedTest(name = "{0}, needs root")
    @MethodSource("jdks")
    void aDiskThatFillsUpDuringTheDumpLeavesNoFileNeedsRoot(Jdk jdk) throws Exception {
        assumeTrue(isRoot(), "needs root, to mount a small file system");
        // Room for what the dump may take, most of which another writer takes away meanwhile.
        try (SmallDisk disk = SmallDisk.mount(500L << 20, directory.resolve("disk"));
                ChildJvm child = ChildJvm.start(jdk, "ballast=200");
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            probe.read();
            DumpFailed failed = dumpWhileTheDiskFills(probe, disk);
            assertThat(failed).isNotNull();
            assertThat(failed.kind()).as(failed.getMessage()).isEqualTo(DumpFailed.Kind.DISK_FULL);
            assertThat(failed.getMessage()).doesNotContain("\n");
            assertThat(disk.directory().toFile().list()).containsOnly("filler");
            assertThat(probe.read()).isNotEmpty();
        }
    }

    /// The other writer races the dump; when the dump was done first, both try again.
    private static @Nullable DumpFailed dumpWhileTheDiskFills(JvmProbe probe, SmallDisk disk) throws Exception {
        DumpFailed failed = null;
        for (int attempt = 0; attempt < 10 && failed == null; attempt++) {
            Files.deleteIfExists(disk.directory().resolve("filler"));
            Thread filler = Thread.ofPlatform().start(() -> disk.fillOnceSomeoneWrites());
            try (HeapDump done = probe.dump(disk.directory(), true)) {
                assertThat(done.file()).exists();
            } catch (DumpFailed e) {
                failed = e;
            }
            filler.join();
        }
        return failed;
    }

    @Test
    void aDirectoryThatIsNotThereIsNotWritable() throws Exception {
        try (ChildJvm child = ChildJvm.start(Jdk.CURRENT);
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            DumpFailed failed =
                    catchThrowableOfType(DumpFailed.class, () -> probe.dump(directory.resolve("absent"), true));
            assertThat(failed.kind()).isEqualTo(DumpFailed.Kind.NOT_WRITABLE);
        }
    }
}
