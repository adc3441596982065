package io.staunch.shop.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A numbered update of the database's schema: the file `NNN_what_it_does.sql`. It counts as reversible when its first
/// line says so.
record Migration(int number, String description, boolean reversible, String sql) {
    private static final Pattern FILE_NAME = Pattern.compile("(\\d{3})_(\\w+)\\.sql");

    /// All migrations in order; their numbers run from 1 without a gap.
    static List<Migration> readAll(Path dir) throws IOException, ShopException {
        List<Migration> migrations = new ArrayList<>();
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : files.sorted().toList()) {
                migrations.add(read(file));
            }
        }
        for (int i = 0; i < migrations.size(); i++) {
            if (migrations.get(i).number() != i + 1) {
                throw new ShopException(dir + ": expected migration " + (i + 1) + ", found "
                        + migrations.get(i).number());
            }
        }
        return migrations;
    }

    private static Migration read(Path file) throws IOException, ShopException {
        Matcher name = FILE_NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new ShopException("expected a file NNN_what_it_does.sql, found " + file);
        }
        String sql = Files.readString(file);
        return new Migration(
                Integer.parseInt(name.group(1)), name.group(2).replace('_', ' '), sql.startsWith("-- reversible"), sql);
    }
}
