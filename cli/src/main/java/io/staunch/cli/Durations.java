package io.staunch.cli;

import io.staunch.server.config.Quantities;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a duration, ISO-8601 (`PT1M30S`) or as people write it (`90s`, `10m`, `6h`, `1h30m`). It must be longer than
/// nothing and at most a year.
public final class Durations implements ITypeConverter<Duration> {
    private static final Duration LONGEST = Duration.ofDays(366);

    @Override
    public Duration convert(String text) {
        Duration duration = parse(text.strip());
        if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw wrong(text);
        }
        return duration;
    }

    private static Duration parse(String text) {
        try {
            return Quantities.duration(text);
        } catch (IllegalArgumentException e) {
            throw wrong(text);
        }
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException("expected a duration such as 90s, 10m, 6h or PT90S, found '" + text + "'");
    }
}
