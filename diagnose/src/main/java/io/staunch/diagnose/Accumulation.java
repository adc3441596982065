package io.staunch.diagnose;

/// A type that piles up. Its name is written as Java source does (`byte[]`, `com.shop.Cart$Line`).
///
/// @param instancesPerHour instances more per hour that stay alive
/// @param bytesPerHour     their own bytes (not what they hold) per hour
public record Accumulation(String type, double instancesPerHour, double bytesPerHour) {
    public Accumulation {
        if (type.isBlank()) {
            throw new IllegalArgumentException("accumulation: expected the name of a type, found none");
        }
    }
}
