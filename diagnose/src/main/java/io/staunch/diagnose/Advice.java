package io.staunch.diagnose;

import io.staunch.detect.Verdict;
import java.time.Duration;
import java.util.Optional;

/// The safest next act, in one sentence.
public final class Advice {
    private static final Duration SOON = Duration.ofMinutes(30);

    private Advice() {}

    public static String of(Observations o) {
        return switch (o.overall().verdict()) {
            case Verdict.Leaking leaking -> leak(o, leaking);
            case Verdict.Growing growing -> growth(growing);
            case Verdict.Steady _ -> "Nothing to do: memory does not leak here.";
            case Verdict.Unknown _ ->
                "Watch for longer (a larger --for) before acting; do not restart or roll back on this.";
        };
    }

    private static String leak(Observations o, Verdict.Leaking leaking) {
        String time = leaking.exhaustion()
                .map(end -> Duration.between(o.to(), end.earliest()))
                .map(left -> left.compareTo(SOON) < 0
                        ? "Restart one instance at a time now for relief: the limit may be reached in "
                                + Figures.duration(left) + "; then "
                        : "No restart is needed for at least " + Figures.duration(left) + ": ")
                .orElse("");
        return capital(time + remedy(o.held().culprit()));
    }

    private static String remedy(Optional<Culprit> culprit) {
        if (culprit.isEmpty() || culprit.get().accumulating().isEmpty()) {
            return "take a heap dump (--dump) to learn what is held and by whom.";
        }
        Culprit known = culprit.get();
        if (known.release().isPresent()) {
            return "roll back release " + known.release().get() + ", which brought it, and fix it there.";
        }
        Optional<String> fixed = known.advisory().flatMap(Advisory::fixedIn);
        if (fixed.isPresent()) {
            return "upgrade " + known.library().orElse("the library") + " to " + fixed.get() + ".";
        }
        Optional<String> redis = RedisJudge.remedy(known);
        if (redis.isPresent()) {
            return redis.get();
        }
        String where = known.ownHolder().map(step -> " at " + step).orElse("");
        return known.library()
                .map(purl ->
                        "look for a fixed version of " + purl + ", or for a use of it that never lets go" + where + ".")
                .orElse("fix what never lets go" + where + "; if a release brought it, roll that release back.");
    }

    private static String growth(Verdict.Growing growing) {
        return switch (growing.explanation()) {
            case WARMING_UP -> "Leave it alone: it is warming up. Look again when it has been up for longer.";
            case FOLLOWS_LOAD -> "No leak: memory follows the load. Add capacity if the load stays.";
            case BOUNDED -> "Leave it alone: what grew has an end.";
            case DATA_GROWTH -> "No leak: the data itself grows. Plan for more memory.";
            case STEP -> "Leave it alone: one jump is no leak. Look again if there is another.";
        };
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
