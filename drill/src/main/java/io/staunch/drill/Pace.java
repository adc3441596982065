package io.staunch.drill;

import java.time.Duration;

/// The times of a drill.
///
/// @param baseline        how long the good release runs before anything is changed
/// @param attested        how long it runs where a rollback goes back to it: long enough to be seen not to leak
/// @param between         how long after the harmless changes the leaky release follows
/// @param sessionLifetime after which a session of the shop is expired
/// @param visitsPerSecond the load
/// @param settling        how long a process that has just started may take to get going
/// @param leastEffect     an effect is watched for at least so long
/// @param longestEffect   and at most so long
/// @param longest         the responder's time, from the baseline on
public record Pace(
        Duration baseline,
        Duration attested,
        Duration between,
        Duration sessionLifetime,
        int visitsPerSecond,
        Duration settling,
        Duration leastEffect,
        Duration longestEffect,
        Duration longest) {

    /// About five minutes.
    public static Pace ordinary() {
        return new Pace(
                Duration.ofSeconds(45),
                Duration.ofSeconds(60),
                Duration.ofSeconds(20),
                Duration.ofSeconds(15),
                60,
                Duration.ofSeconds(80),
                Duration.ofSeconds(40),
                Duration.ofSeconds(120),
                Duration.ofMinutes(12));
    }

    /// About two and a half minutes.
    public static Pace fast() {
        return new Pace(
                Duration.ofSeconds(15),
                Duration.ofSeconds(35),
                Duration.ofSeconds(6),
                Duration.ofSeconds(6),
                60,
                Duration.ofSeconds(30),
                Duration.ofSeconds(25),
                Duration.ofSeconds(100),
                Duration.ofMinutes(10));
    }
}
