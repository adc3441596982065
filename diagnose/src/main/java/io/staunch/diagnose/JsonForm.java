package io.staunch.diagnose;

import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The machine-readable form of a diagnosis' parts, as `check --json` and `drill --json` promise it: maps, lists,
/// strings and numbers in a fixed order, for any JSON writer. What is not known has no key.
public final class JsonForm {
    private JsonForm() {}

    public static Map<String, Object> verdict(Judgement judgement) {
        Map<String, Object> form = new LinkedHashMap<>();
        Series series = judgement.series();
        form.put("kind", kind(judgement.verdict()));
        form.put("series", series.name());
        form.put("unit", series.unit().symbol());
        switch (judgement.verdict()) {
            case Verdict.Leaking leaking -> {
                putRate(form, leaking.rate());
                form.put("since", leaking.since().toString());
                leaking.exhaustion().ifPresent(end -> {
                    form.put("exhaustion", end.expected().toString());
                    form.put("exhaustionEarliest", end.earliest().toString());
                    end.latest().ifPresent(latest -> form.put("exhaustionLatest", latest.toString()));
                });
                form.put("confidence", leaking.confidence());
            }
            case Verdict.Growing growing -> {
                putRate(form, growing.rate());
                form.put(
                        "explanation",
                        growing.explanation().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            }
            case Verdict.Steady _, Verdict.Unknown _ -> {}
        }
        form.put("why", judgement.verdict().why());
        return form;
    }

    /// `leaking`, `growing`, `steady` or `unknown`.
    public static String kind(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Leaking _ -> "leaking";
            case Verdict.Growing _ -> "growing";
            case Verdict.Steady _ -> "steady";
            case Verdict.Unknown _ -> "unknown";
        };
    }

    public static Map<String, Object> culprit(Culprit culprit) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("shape", culprit.shape().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        form.put(
                "accumulating",
                culprit.accumulating().stream().map(JsonForm::accumulation).toList());
        putUnlessEmpty(form, "holder", culprit.holder());
        putUnlessEmpty(form, "allocatedAt", culprit.allocatedAt());
        culprit.library().ifPresent(purl -> form.put("library", purl));
        culprit.release().ifPresent(release -> form.put("release", release));
        culprit.advisory().ifPresent(advisory -> form.put("advisory", advisory(advisory)));
        return form;
    }

    public static Map<String, Object> suspect(Suspect suspect) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("id", suspect.id());
        form.put("suspect", suspect.name());
        form.put("finding", suspect.finding().symbol());
        form.put("evidence", suspect.evidence());
        return form;
    }

    private static Map<String, Object> accumulation(Accumulation accumulation) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("type", accumulation.type());
        form.put("instancesPerHour", Math.round(accumulation.instancesPerHour()));
        form.put("bytesPerHour", Math.round(accumulation.bytesPerHour()));
        return form;
    }

    private static Map<String, Object> advisory(Advisory advisory) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("id", advisory.id());
        advisory.fixedIn().ifPresent(version -> form.put("fixedIn", version));
        form.put("reference", advisory.reference());
        return form;
    }

    private static void putRate(Map<String, Object> form, Verdict.Rate rate) {
        form.put("ratePerHour", Math.round(rate.perHour()));
        form.put("rateLow", Math.round(rate.low()));
        form.put("rateHigh", Math.round(rate.high()));
    }

    private static void putUnlessEmpty(Map<String, Object> form, String key, List<String> values) {
        if (!values.isEmpty()) {
            form.put(key, values);
        }
    }
}
