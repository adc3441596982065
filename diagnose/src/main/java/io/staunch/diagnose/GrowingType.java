package io.staunch.diagnose;

/// A type whose instances grew steadily over the histograms, up to the last one.
///
/// @param instancesPerHour slope of the count
/// @param bytesPerHour     slope of their own bytes
/// @param tailShare        the slope of the last third against that of the whole: about 1 for a leak, near 0 for what
///                         has filled up
public record GrowingType(String type, double instancesPerHour, double bytesPerHour, double tailShare) {
    Origin origin() {
        return Origin.of(type);
    }

    Accumulation accumulation() {
        return new Accumulation(type, instancesPerHour, bytesPerHour);
    }
}
