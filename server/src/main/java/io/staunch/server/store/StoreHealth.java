package io.staunch.server.store;

import java.util.Optional;

/// How the store does.
///
/// @param address without secrets
/// @param problem what is wrong with it; absent if it took all that it was given last
/// @param waiting readings and facts that are not written yet
/// @param lost    those that had to be let go because too much waited
public record StoreHealth(String address, Optional<String> problem, long waiting, long lost) {}
