package io.staunch.heap;

import java.nio.file.Path;

/// An index of a dump that is kept between openings: what was found out about its objects, in a file that only its
/// owner may read.
public record KeptIndex(Path file, long bytes) {}
