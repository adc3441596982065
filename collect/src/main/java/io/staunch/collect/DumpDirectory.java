package io.staunch.collect;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A directory that holds one dump and that nobody but the target's user can enter. All that are left when this JVM
/// ends, by a signal too, are deleted.
final class DumpDirectory {
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(DumpDirectory::deleteAll, "staunch-delete-dumps"));
    }

    private DumpDirectory() {}

    static Path create(Path parent, long ownerId) throws IOException {
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Path directory = Files.createTempDirectory(parent, "staunch-dump-", onlyOwner);
        OPEN.add(directory);
        if (Files.getAttribute(directory, "unix:uid") instanceof Integer uid && uid != ownerId) {
            Files.setAttribute(directory, "unix:uid", Math.toIntExact(ownerId));
        }
        return directory;
    }

    /// A dump may have been written in parts, so all files in it go. Idempotent.
    static void delete(@Nullable Path directory) throws IOException {
        if (directory == null || !OPEN.remove(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return;
        }
        Files.deleteIfExists(directory);
    }

    private static void deleteAll() {
        for (Path directory : OPEN) {
            try {
                delete(directory);
            } catch (IOException e) {
                System.err.println("staunch: " + directory + ": expected to delete the dump, found " + e.getMessage());
            }
        }
    }
}
