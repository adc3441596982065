package io.staunch.remedy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// An append-only record of what was done and why: one JSON object a line, each holding the SHA-256 of the line
/// before, so that no line can be changed or taken out unseen. A line is on the disk before [#append] returns. A
/// last line without its end, left by a crash in the middle of a write, is set aside and said in the next line.
///
/// Several processes may append to one file; each append locks it. Safe for use by several threads.
public final class AuditLog implements AutoCloseable {
    private static final String FIRST = "0".repeat(64);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final Path file;
    private final FileChannel channel;
    private final InstantSource clock;

    private AuditLog(Path file, FileChannel channel, InstantSource clock) {
        this.file = file;
        this.channel = channel;
        this.clock = clock;
    }

    /// Opens or begins the log and verifies every line of it.
    ///
    /// @throws IOException if the file can't be read or written, or a line breaks the chain; the message names it
    public static AuditLog open(Path file, InstantSource clock) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.notExists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        AuditLog log = new AuditLog(file, channel, clock);
        try {
            log.setTornTailAside();
            return log;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Every whole line, verified.
    public synchronized List<AuditLine> lines() throws IOException {
        return read().lines();
    }

    /// Adds a line about an act and forces it to the disk.
    public AuditLine append(String who, String what, Remedy remedy, String detail) throws IOException {
        return append(new Saying(
                who,
                remedy.service(),
                what,
                remedy.act(),
                remedy.origin().version(),
                remedy.target().version(),
                detail));
    }

    /// Adds a line on how an act ended that an earlier line began.
    AuditLine settle(AuditLine begun, String what, String detail) throws IOException {
        return append(new Saying("staunch", begun.service(), what, begun.act(), begun.from(), begun.to(), detail));
    }

    /// Adds a line about anything else and forces it to the disk.
    public AuditLine append(String who, String service, String what, String detail) throws IOException {
        return append(new Saying(who, service, what, "-", "-", "-", detail));
    }

    private synchronized AuditLine append(Saying saying) throws IOException {
        try (FileLock _ = channel.lock()) {
            return append(read(), saying);
        }
    }

    private record Saying(String who, String service, String what, String act, String from, String to, String detail) {}

    /// The acts that were begun, whether they ended well or not: what the guard rails look back at.
    public List<PastAct> pastActs() throws IOException {
        return lines().stream()
                .filter(line -> line.what().equals("intends"))
                .map(line -> new PastAct(line.at(), line.service(), line.act(), line.from(), line.to()))
                .toList();
    }

    /// The acts that were begun and have no line on how they ended: what a crash may have left half done.
    public List<AuditLine> unfinished() throws IOException {
        List<AuditLine> open = new ArrayList<>();
        for (AuditLine line : lines()) {
            switch (line.what()) {
                case "intends" -> open.add(line);
                case "done", "failed" ->
                    open.removeIf(begun -> begun.service().equals(line.service())
                            && begun.act().equals(line.act()));
                default -> {
                    // Other lines neither begin nor end an act.
                }
            }
        }
        return List.copyOf(open);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private AuditLine append(Read before, Saying saying) throws IOException {
        AuditLine line = new AuditLine(
                before.lines().size() + 1L,
                clock.instant(),
                saying.who(),
                saying.service(),
                saying.what(),
                saying.act(),
                saying.from(),
                saying.to(),
                saying.detail(),
                before.lastHash());
        ByteBuffer bytes = ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        long at = before.wholeBytes();
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        channel.force(true);
        return line;
    }

    private void setTornTailAside() throws IOException {
        try (FileLock _ = channel.lock()) {
            Read read = read();
            Optional<String> torn = read.tornTail();
            if (torn.isPresent()) {
                channel.truncate(read.wholeBytes());
                append(
                        read,
                        new Saying(
                                "staunch",
                                "-",
                                "recovered",
                                "-",
                                "-",
                                "-",
                                "The crash of an earlier writer tore a line; its "
                                        + torn.get().length() + " characters were set aside."));
            }
        }
    }

    private record Read(List<AuditLine> lines, String lastHash, long wholeBytes, Optional<String> tornTail) {}

    private Read read() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<AuditLine> lines = new ArrayList<>();
        String hash = FIRST;
        int start = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
                lines.add(verified(text, lines.size() + 1, hash));
                hash = sha256(text);
                start = end + 1;
            }
        }
        String tail = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
        return new Read(lines, hash, start, tail.isEmpty() ? Optional.empty() : Optional.of(tail));
    }

    private AuditLine verified(String text, long number, String previous) throws IOException {
        AuditLine line;
        try {
            line = JSON.readValue(text, AuditLine.class);
        } catch (JacksonException e) {
            throw new IOException(
                    file + " line " + number + ": expected an audit line, found " + e.getOriginalMessage(), e);
        }
        if (line.number() != number || !line.previous().equals(previous)) {
            throw new IOException(file + " line " + number + ": expected number " + number + " and the hash "
                    + previous.substring(0, 12) + "… of the line before, found number " + line.number() + " and "
                    + line.previous().substring(0, Math.min(12, line.previous().length()))
                    + "…; a line was changed or taken out");
        }
        return line;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256, this one has not", e);
        }
    }
}
