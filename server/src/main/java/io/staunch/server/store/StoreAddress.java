package io.staunch.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// Where the store is: a JDBC address of SQLite or PostgreSQL.
///
/// @param url      `jdbc:sqlite:/absolute/file` or `jdbc:postgresql://host/database`
/// @param user     for PostgreSQL, unless the address has it
/// @param password likewise; never shown
public record StoreAddress(String url, Optional<String> user, Optional<String> password) {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    public StoreAddress {
        boolean file = url.startsWith(SQLITE + "/");
        if (!file && !url.startsWith(POSTGRESQL + "//")) {
            throw new IllegalArgumentException(
                    "expected jdbc:sqlite:/FILE or jdbc:postgresql://HOST/DATABASE, found" + " another address");
        }
    }

    /// One file of this machine.
    public static StoreAddress file(Path file) {
        return new StoreAddress(SQLITE + file.toAbsolutePath(), Optional.empty(), Optional.empty());
    }

    boolean isFile() {
        return url.startsWith(SQLITE);
    }

    /// What differs between the two in the schema.
    Map<String, String> dialect() {
        return isFile()
                ? Map.of("identity", "INTEGER PRIMARY KEY", "clustered", "WITHOUT ROWID", "bytes", "BLOB")
                : Map.of(
                        "identity",
                        "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                        "clustered",
                        "",
                        "bytes",
                        "BYTEA");
    }

    /// Waiting ends after seconds, and only the owner may read the file.
    Properties properties() {
        Properties properties = new Properties();
        if (isFile()) {
            properties.setProperty("journal_mode", "WAL");
            properties.setProperty("synchronous", "FULL");
            properties.setProperty("busy_timeout", "5000");
            properties.setProperty("foreign_keys", "true");
        } else {
            properties.setProperty("connectTimeout", "5");
            properties.setProperty("socketTimeout", "30");
            user.ifPresent(name -> properties.setProperty("user", name));
            password.ifPresent(secret -> properties.setProperty("password", secret));
        }
        return properties;
    }

    /// Makes the file, for its owner alone, if it is not there.
    void prepare() throws IOException {
        if (!isFile()) {
            return;
        }
        Path file = Path.of(url.substring(SQLITE.length()));
        if (Files.notExists(file)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    /// Without user and password, for screens.
    @Override
    public String toString() {
        String bare = url.replaceFirst("[?].*", "").replaceFirst("//[^/@]*@", "//");
        return bare.substring("jdbc:".length());
    }
}
