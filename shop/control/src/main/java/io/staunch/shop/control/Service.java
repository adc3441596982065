package io.staunch.shop.control;

import java.io.IOException;
import java.util.Optional;

/// A process of the shop.
sealed interface Service permits JvmService, Database, CacheServer {
    /// The process once it was started; it may have ended since.
    Optional<KnownProcess> process();

    ServiceState state() throws IOException, ShopException;

    void stop() throws IOException, InterruptedException;
}
