package io.staunch.collect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which series of a metrics server belong to a service.
///
/// @param service  its name here, and the value of a label there unless a selector says otherwise
/// @param selector label matchers of PromQL, such as `job="shop-api",env="prod"`
/// @param history  how far back is looked at first
public record MetricsQuery(String service, Optional<String> selector, Duration history) {
    public static final Duration USUAL_HISTORY = Duration.ofDays(2);

    private static final Duration LONGEST = Duration.ofDays(30);

    public MetricsQuery {
        if (service.isBlank()) {
            throw new IllegalArgumentException("expected the name of a service, found none");
        }
        if (history.isNegative() || history.isZero() || history.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("expected a history of at most 30d, found " + history);
        }
    }

    /// What to try, the likeliest first.
    List<String> selectors() {
        if (selector.isPresent()) {
            String bare = selector.get().strip();
            return List.of(bare.startsWith("{") && bare.endsWith("}") ? bare.substring(1, bare.length() - 1) : bare);
        }
        String value = service.replace("\\", "\\\\").replace("\"", "\\\"");
        return Stream.of("job", "service", "application", "app", "service_name", "exported_job")
                .map(label -> label + "=\"" + value + "\"")
                .toList();
    }
}
