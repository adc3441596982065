package io.staunch.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
    @TempDir
    private Path directory;

    @Override
    StoreAddress empty() {
        return StoreAddress.file(directory.resolve("deep").resolve("staunch.db"));
    }

    @Test
    void onlyTheOwnerMayReadTheFileAndThoseBesideIt() throws Exception {
        try (Store store = new Store(empty())) {
            store.write(
                    new Batch(
                            List.of(new Batch.Readings(Rig.target("host/1-1"), Rig.threads(0, 1))),
                            List.of(),
                            Map.of(),
                            List.of()),
                    Instant.now());
            for (String name : List.of("staunch.db", "staunch.db-wal", "staunch.db-shm")) {
                Path file = directory.resolve("deep").resolve(name);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(name)
                        .isEqualTo("rw-------");
            }
        }
    }
}
