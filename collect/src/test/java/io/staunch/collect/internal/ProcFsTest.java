package io.staunch.collect.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Texts as kernels 5.10 and 6.x write them.
class ProcFsTest {
    private static final long PID = 4242;

    @TempDir
    Path root;

    private ProcFs proc = ProcFs.HOST;

    @BeforeEach
    void aProcess() throws IOException {
        Files.createDirectories(root.resolve("4242"));
        proc = new ProcFs(root);
    }

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String stat(String command, char state) {
        return PID + " (" + command + ") " + state + " 1 4242 4242 0 -1 4194560 100 0 0 0 150 50 0 0 20 0 30 0 12345 "
                + "1000 500 18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0\n";
    }

    @Test
    void aCommandWithBracketsAndSpacesDoesNotShiftTheFields() throws IOException {
        file("4242/stat", stat("we) ird (x", 'S'));
        assertThat(proc.stat(PID)).contains(new ProcStat("we) ird (x", 'S', false, 12345, 200));
        assertThat(proc.cpuMillis(PID)).hasValue(2000);
    }

    @Test
    void aZombieIsNotAlive() throws IOException {
        file("4242/stat", stat("java", 'Z'));
        assertThat(proc.isAlive(PID)).isFalse();
        file("4242/stat", stat("java", 'S'));
        assertThat(proc.isAlive(PID)).isTrue();
        assertThat(proc.isAlive(4711)).isFalse();
    }

    @Test
    void aThreadOfTheKernelIsToldByItsFlags() throws IOException {
        file("4242/stat", stat("kworker/0:1", 'I').replace(" 4194560 ", " 69238880 "));
        assertThat(proc.stat(PID).orElseThrow().kernel()).isTrue();
    }

    @Test
    void theStartIsTheMachinesStartAndTheTicksSince() throws IOException {
        file("4242/stat", stat("java", 'S'));
        file("stat", "cpu  1 2 3\nbtime 1700000000\nprocesses 5\n");
        assertThat(proc.started(PID))
                .contains(Instant.ofEpochSecond(1_700_000_123).plusMillis(450));
    }

    @Test
    void statusHasSizesInBytesAndTheNumberInTheInnermostNamespace() throws IOException {
        file("4242/status", """
                Name:\tjava
                Uid:\t1000\t1000\t1000\t1000
                NSpid:\t4242\t17\t1
                VmRSS:\t  2048 kB
                RssAnon:\t  1024 kB
                RssFile:\t   512 kB
                RssShmem:\t   512 kB
                VmSwap:\t     4 kB
                Threads:\t37
                SigCgt:\t0000000181005ccf
                """);
        assertThat(proc.status(PID))
                .contains(new ProcStatus("java", 1000, 1, 2048 << 10, 1 << 20, 512 << 10, 512 << 10, 4096, 37, true));
    }

    @Test
    void aProcessThatDoesNotCatchQuitWouldDieOfIt() throws IOException {
        file("4242/status", "Name:\tsleep\nSigCgt:\t0000000000000000\n");
        assertThat(proc.status(PID).orElseThrow().catchesQuit()).isFalse();
    }

    @Test
    void argumentsAndVariablesEndWithZeros() throws IOException {
        file("4242/cmdline", "java\0-Dx=a b\0\0Main\0");
        file("4242/environ", "A=1\0JAVA_TOOL_OPTIONS=-Xrs\0");
        assertThat(proc.arguments(PID)).containsExactly("java", "-Dx=a b", "", "Main");
        assertThat(proc.environment(PID, "JAVA_TOOL_OPTIONS")).contains("-Xrs");
        assertThat(proc.environment(PID, "JAVA")).isEmpty();
        file("4242/cmdline", "");
        assertThat(proc.arguments(PID)).isEmpty();
    }

    @Test
    void theLimitOfOpenFilesIsTheSoftOne() throws IOException {
        file(
                "4242/limits",
                "Limit    Soft Limit  Hard Limit  Units\nMax open files            1024       4096     files\n");
        assertThat(proc.openFilesLimit(PID)).hasValue(1024);
        file("4242/limits", "Max open files            unlimited       unlimited     files\n");
        assertThat(proc.openFilesLimit(PID)).isEmpty();
    }

    @Test
    void mappingsKeepTheirNamesAndSizes() throws IOException {
        file("4242/smaps", """
                7f0000000000-7f0000004000 ---p 00000000 00:00 0
                Size:                 16 kB
                Rss:                   0 kB
                Pss:                   0 kB
                VmFlags: mr mw
                40000000000-40008000000 rw-s 00000000 00:01 1026                         /memfd:java_heap (deleted)
                Size:             131072 kB
                Rss:               90000 kB
                Pss:               30000 kB
                Pss_Dirty:         30000 kB
                """);
        assertThat(proc.residentMappings(PID))
                .containsExactly(
                        new Mapping(0x7f0000000000L, 0x7f0000004000L, "---p", 0, "", 0, 0),
                        new Mapping(
                                0x40000000000L,
                                0x40008000000L,
                                "rw-s",
                                1026,
                                "/memfd:java_heap (deleted)",
                                90_000L << 10,
                                30_000L << 10));
    }

    @Test
    void whatIsNotThereIsEmptyAndThrowsNothing() {
        assertThat(proc.status(1)).isEmpty();
        assertThat(proc.arguments(1)).isEmpty();
        assertThat(proc.openFiles(1)).isEmpty();
        assertThat(proc.mappings(1)).isEmpty();
        assertThat(proc.threads(1)).isEmpty();
        assertThat(proc.pids()).containsExactly(PID);
    }

    @Test
    void theLowestLimitUpTheTreeOfGroupsCounts() throws IOException {
        file("4242/cgroup", "0::/a/b\n");
        file("cg/memory.max", "max\n");
        file("cg/a/memory.max", "1000000\n");
        file("cg/a/b/memory.max", "2000000\n");
        file("cg/a/b/memory.current", "500\n");
        CgroupMemory memory = CgroupMemory.of(proc, PID, root.resolve("cg"));
        assertThat(memory.limit()).hasValue(1_000_000);
        assertThat(memory.used()).hasValue(500);
    }

    @Test
    void versionOneOfGroupsIsReadBesideVersionTwo() throws IOException {
        file("4242/cgroup", "9:name=systemd:/\n4:memory:/docker/x\n0::/\n");
        file("cg/memory/memory.limit_in_bytes", "9223372036854771712\n");
        file("cg/memory/docker/x/memory.limit_in_bytes", "536870912\n");
        file("cg/memory/docker/x/memory.usage_in_bytes", "100\n");
        assertThat(CgroupMemory.of(proc, PID, root.resolve("cg")).limit()).hasValue(512 << 20);
        file("cg/memory/docker/x/memory.limit_in_bytes", "9223372036854771712\n");
        assertThat(CgroupMemory.of(proc, PID, root.resolve("cg")).limit()).isEmpty();
    }

    @Test
    void theLaunchersOptionsAreToldFromTheProgram() {
        assertThat(CommandLine.parse(List.of("java", "-Xmx1g", "-cp", "a:b", "com.shop.Main", "-jar", "no.jar")))
                .isEqualTo(
                        new CommandLine(java.util.Optional.of("com.shop.Main"), java.util.Optional.of("a:b"), false));
        assertThat(CommandLine.parse(List.of("java", "-XX:+DisableAttachMechanism", "-jar", "/srv/app.jar")))
                .isEqualTo(new CommandLine(
                        java.util.Optional.of("/srv/app.jar"), java.util.Optional.of("/srv/app.jar"), true));
        assertThat(CommandLine.shortName("/srv/app.jar --port 1")).isEqualTo("app.jar");
    }

    @Test
    void addressesOfListenersAreRead() {
        assertThat(Listeners.address("0100007F:18EB")).isEqualTo("127.0.0.1:6379");
        assertThat(Listeners.address("00000000:18EB")).isEqualTo("127.0.0.1:6379");
        assertThat(Listeners.address("0A01A8C0:0050")).isEqualTo("192.168.1.10:80");
        assertThat(Listeners.address("00000000000000000000000001000000:18EB")).isEqualTo("127.0.0.1:6379");
    }
}
