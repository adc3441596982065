package io.staunch.diagnose;

import java.time.Instant;

/// A type whose instances grew steadily over the histograms, up to the last one.
///
/// @param instancesPerHour slope of the count
/// @param bytesPerHour     slope of their own bytes
/// @param tailShare        the slope of the last third against that of the whole: about 1 for a leak, near 0 for what
///                         has filled up
/// @param since            the time of the first histogram that counted
public record GrowingType(String type, double instancesPerHour, double bytesPerHour, double tailShare, Instant since) {
    Origin origin() {
        return Origin.of(type);
    }

    public Accumulation accumulation() {
        return new Accumulation(type, instancesPerHour, bytesPerHour);
    }
}
