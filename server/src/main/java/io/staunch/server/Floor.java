package io.staunch.server;

import io.staunch.detect.DetectorOptions;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import java.util.List;
import java.util.OptionalDouble;

/// What the verdict on a target's memory as a whole rests on: its live set as it was counted, else the nearest to it
/// that
/// was measured.
///
/// @param options how it was judged
/// @param samples oldest first; of a long watch every so-manieth
/// @param limit   the value at which it fails, if one is known
public record Floor(Series series, DetectorOptions options, List<Sample> samples, OptionalDouble limit) {}
