package io.staunch.diagnose;

import java.util.Optional;

/// A published leak of a library.
///
/// @param fixedIn   the first version without it, if there is one
/// @param reference where it is described
public record Advisory(String id, Optional<String> fixedIn, String reference) {}
