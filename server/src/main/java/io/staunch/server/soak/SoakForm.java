package io.staunch.server.soak;

import io.staunch.detect.Comparison;
import io.staunch.detect.Verdict;
import io.staunch.server.OutcomeForm;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a soak has shown as `staunch.soak/1`: maps, lists, strings and numbers in a fixed order, for any JSON writer.
/// What is not known has no key.
public final class SoakForm {
    private SoakForm() {}

    public static Map<String, Object> of(Soaked soaked) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("schema", "staunch.soak/1");
        switch (soaked.answer()) {
            case SoakAnswer.Passed _ -> form.put("passed", true);
            case SoakAnswer.Failed _ -> form.put("passed", false);
            case SoakAnswer.Undecided _ -> {
                // Neither is known.
            }
        }
        form.put("why", soaked.answer().why());
        form.put("for", soaked.plan().time().toString());
        soaked.ended().ifPresent(why -> form.put("endedEarly", why));
        if (soaked.interrupted()) {
            form.put("interrupted", true);
        }
        form.put("candidate", side(soaked.candidate()));
        soaked.baseline().ifPresent(baseline -> form.put("baseline", side(baseline)));
        soaked.comparison().ifPresent(comparison -> form.put("comparison", comparison(comparison)));
        soaked.smallest().ifPresent(leak -> smallest(form, leak));
        form.put("advice", soaked.answer().advice());
        return form;
    }

    private static Map<String, Object> side(Soaked.Run run) {
        Map<String, Object> form = OutcomeForm.of(run.outcome());
        run.died().ifPresent(how -> form.put("died", how));
        return form;
    }

    private static void smallest(Map<String, Object> form, SmallestLeak leak) {
        form.put("smallestLeakPerHour", (long) Math.ceil(leak.perHour()));
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("series", leak.series().name());
        more.put("unit", leak.series().unit().symbol());
        leak.untilLimit()
                .ifPresent(time -> more.put(
                        "untilLimit", time.truncatedTo(ChronoUnit.SECONDS).toString()));
        more.put("why", leak.explained());
        form.put("smallestLeak", more);
    }

    private static Map<String, Object> comparison(Comparison.Answer answer) {
        Map<String, Object> form = new LinkedHashMap<>();
        switch (answer) {
            case Comparison.Answer.Worse(var rate, var confidence, var _) -> {
                form.put("verdict", "worse");
                rate(form, rate);
                form.put("confidence", confidence);
            }
            case Comparison.Answer.NoWorse(var rate, var _) -> {
                form.put("verdict", "no worse");
                rate(form, rate);
            }
            case Comparison.Answer.Undecided _ -> form.put("verdict", "undecided");
        }
        form.put("why", answer.why());
        return form;
    }

    private static void rate(Map<String, Object> form, Verdict.Rate rate) {
        form.put("ratePerHour", Math.round(rate.perHour()));
        form.put("rateLow", Math.round(rate.low()));
        form.put("rateHigh", Math.round(rate.high()));
    }
}
