package io.staunch.heap.internal.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/// What tells a dump from any other and from what lay at its place before.
///
/// @param name of the dump's place: the first half of the SHA-256 of its real path, in hexadecimal
/// @param content SHA-256 of its size, its time of change, and 64 samples of 4 KiB from start to end
@SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest, never handed out
record DumpKey(String name, byte[] content) {
    private static final int SAMPLES = 64;
    private static final int SAMPLE_BYTES = 4096;
    private static final int NAME_BYTES = 16;

    static DumpKey of(Path dump) throws IOException {
        MessageDigest digest = sha256();
        byte[] place = digest.digest(dump.toRealPath().toString().getBytes(StandardCharsets.UTF_8));
        digest.reset();
        try (FileChannel channel = FileChannel.open(dump, StandardOpenOption.READ)) {
            long size = channel.size();
            number(digest, size);
            number(digest, Files.getLastModifiedTime(dump).to(TimeUnit.NANOSECONDS));
            ByteBuffer sample = ByteBuffer.allocate(SAMPLE_BYTES);
            long last = Math.max(0, size - SAMPLE_BYTES);
            for (int i = 0; i < SAMPLES; i++) {
                channel.read(sample.clear(), last / (SAMPLES - 1) * i);
                digest.update(sample.flip());
            }
            channel.read(sample.clear(), last);
            digest.update(sample.flip());
        }
        return new DumpKey(HexFormat.of().formatHex(place, 0, NAME_BYTES), digest.digest());
    }

    boolean isContent(byte[] other) {
        return MessageDigest.isEqual(content, other);
    }

    private static void number(MessageDigest digest, long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-256, which every Java platform has", e);
        }
    }
}
