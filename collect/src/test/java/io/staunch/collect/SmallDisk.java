package io.staunch.collect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A real file system in memory with a bound, mounted for a test by root.
record SmallDisk(Path directory) implements AutoCloseable {
    static SmallDisk mount(long bytes, Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", directory.toString());
        return new SmallDisk(directory);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": expected exit code 0, found: " + output);
        }
    }

    /// Writes until there is no room left, as soon as there is a directory on it; what it wrote stays.
    void fillOnceSomeoneWrites() {
        try {
            for (int i = 0; i < 20_000 && isEmpty(); i++) {
                Thread.sleep(1);
            }
            new ProcessBuilder("dd", "if=/dev/zero", "bs=1M", "of=" + directory.resolve("filler"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isEmpty() {
        String[] files = directory.toFile().list();
        return files == null || files.length == 0;
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", "-l", directory.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
