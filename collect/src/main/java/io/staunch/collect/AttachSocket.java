package io.staunch.collect;

import io.staunch.collect.internal.ProcFs;
import io.staunch.collect.internal.ProcStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;

/// Speaks HotSpot's attach protocol, version 1, over the socket that a JVM opens when it is attached to. It goes
/// through the target's own root, so that it reaches into containers too. One connection a command; nothing stays in
/// the target.
///
/// ```
/// request   "1" 0 command 0 argument 0 argument 0 argument 0
/// answer    status, a decimal number, and a line feed; then text until the end
/// ```
record AttachSocket(Path socket) {
    private static final int ARGUMENTS = 3;

    static AttachSocket of(ProcFs proc, long pid) {
        long ownPid = proc.status(pid).map(ProcStatus::pidInNamespace).orElse(pid);
        return new AttachSocket(proc.asSeenBy(pid, Path.of("/tmp/.java_pid" + (ownPid == 0 ? pid : ownPid))));
    }

    /// Removes the socket of an earlier process that had this number and was killed: a JVM of another user could not
    /// remove it at its start, and nobody answers there. One that is younger than the process is its own and stays.
    void removeIfLeftBehind(Instant processStarted) {
        try {
            if (Files.getLastModifiedTime(socket, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(processStarted)) {
                Files.deleteIfExists(socket);
            }
        } catch (IOException e) {
            // There is none, or it is not ours to remove: attaching tells.
            return;
        }
    }

    /// What the `jcmd` tool does, such as `GC.class_histogram -all`. Blocks until the target has answered.
    String jcmd(String command) throws IOException {
        return execute("jcmd", command);
    }

    String execute(String command, String... arguments) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer request = request(command, arguments);
            while (request.hasRemaining()) {
                channel.write(request);
            }
            return checked(command, readAll(channel));
        }
    }

    private static ByteBuffer request(String command, String... arguments) {
        StringBuilder request = new StringBuilder("1\0").append(command).append('\0');
        for (int i = 0; i < ARGUMENTS; i++) {
            request.append(i < arguments.length ? arguments[i] : "").append('\0');
        }
        return ByteBuffer.wrap(request.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String readAll(SocketChannel channel) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        while (channel.read(buffer) >= 0) {
            answer.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private static String checked(String command, String answer) throws IOException {
        int lineEnd = answer.indexOf('\n');
        String status = lineEnd < 0 ? answer : answer.substring(0, lineEnd);
        String text = lineEnd < 0 ? "" : answer.substring(lineEnd + 1);
        if (!status.equals("0")) {
            throw new IOException("attach command " + command + ": expected status 0, found '" + status + "': "
                    + text.lines().findFirst().orElse("no answer"));
        }
        return text;
    }
}
