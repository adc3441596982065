package io.staunch.cli.soak;

import io.staunch.cli.Unreadable;
import io.staunch.server.soak.Soaked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Where a soak's report goes: a page, or JSON if the name ends so.
final class ReportFile {
    private final Path file;

    private ReportFile(Path file) {
        this.file = file;
    }

    static ReportFile of(Path file) {
        return new ReportFile(file);
    }

    /// Before anything is started: a soak of hours should not end with a report that can't be written. Leaves the file
    /// as it was.
    void check() throws Unreadable {
        boolean there = Files.exists(file);
        try {
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            if (!there) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    void write(Soaked soaked, String json) throws Unreadable {
        try {
            Files.writeString(file, file.toString().endsWith(".json") ? json : SoakPage.of(soaked));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private Unreadable unwritable(IOException e) {
        return new Unreadable(
                "--report: expected a file that can be written, found " + file + ": "
                        + e.getClass().getSimpleName(),
                e);
    }
}
