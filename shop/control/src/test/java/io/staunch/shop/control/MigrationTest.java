package io.staunch.shop.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MigrationTest {
    @TempDir
    Path dir = Path.of("");

    @Test
    void migrationsComeInOrderWithWhatTheirNamesSay() throws IOException, ShopException {
        Files.writeString(dir.resolve("002_gift_notes.sql"), "-- reversible: drop it\nALTER TABLE a ADD b text;");
        Files.writeString(dir.resolve("001_orders.sql"), "CREATE TABLE a (id int);");
        List<Migration> migrations = Migration.readAll(dir);
        assertThat(migrations).extracting(Migration::number).containsExactly(1, 2);
        assertThat(migrations).extracting(Migration::description).containsExactly("orders", "gift notes");
        assertThat(migrations).extracting(Migration::reversible).containsExactly(false, true);
    }

    @Test
    void aGapInTheNumbersIsAnError() throws IOException {
        Files.writeString(dir.resolve("001_orders.sql"), "CREATE TABLE a (id int);");
        Files.writeString(dir.resolve("003_more.sql"), "CREATE TABLE b (id int);");
        assertThatThrownBy(() -> Migration.readAll(dir)).hasMessage(dir + ": expected migration 2, found 3");
    }
}
