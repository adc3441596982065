package io.staunch.shop.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// `shop.json`: what runs, where, since when. State `starting`, `running`, `stopped`; all is gone at `endsAt`.
record ShopState(
        String schema,
        String state,
        String dir,
        KnownProcess supervisor,
        Instant endsAt,
        int controlPort,
        String url,
        int schemaVersion,
        List<ServiceState> services) {
    static final String SCHEMA = "shop/1";

    static Path file(Path dir) {
        return dir.resolve("shop.json");
    }

    static Optional<ShopState> read(Path dir) throws IOException, ShopException {
        Path file = file(dir);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readString(file), ShopState.class));
        } catch (JacksonException e) {
            throw new ShopException(file + ": expected the shop's state as JSON, found something else", e);
        }
    }
}
