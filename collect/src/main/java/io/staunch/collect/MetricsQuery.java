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
/// @param narrowed further matchers that its series must meet; may be empty
public record MetricsQuery(String service, Optional<String> selector, Duration history, String narrowed) {
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

    public MetricsQuery(String service, Optional<String> selector, Duration history) {
        this(service, selector, history, "");
    }

    /// Only those of its instances that meet these label matchers too.
    public MetricsQuery narrowedBy(String matchers) {
        return new MetricsQuery(service, selector, history, bare(matchers));
    }

    private static String bare(String matchers) {
        String text = matchers.strip();
        return text.startsWith("{") && text.endsWith("}") ? text.substring(1, text.length() - 1) : text;
    }

    /// What to try, the likeliest first.
    List<String> selectors() {
        String and = narrowed.isEmpty() ? "" : "," + narrowed;
        if (selector.isPresent()) {
            return List.of(bare(selector.get()) + and);
        }
        String value = service.replace("\\", "\\\\").replace("\"", "\\\"");
        return Stream.of("job", "service", "application", "app", "service_name", "exported_job")
                .map(label -> label + "=\"" + value + "\"" + and)
                .toList();
    }
}
