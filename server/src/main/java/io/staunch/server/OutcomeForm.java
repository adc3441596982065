package io.staunch.server;

import io.staunch.collect.Collector;
import io.staunch.collect.Cost;
import io.staunch.collect.Evidence;
import io.staunch.collect.JvmInfo;
import io.staunch.collect.MetricsInstance;
import io.staunch.collect.PlainProcess;
import io.staunch.collect.RedisServer;
import io.staunch.collect.RemoteJvm;
import io.staunch.collect.Target;
import io.staunch.diagnose.Diagnosis;
import io.staunch.diagnose.JsonForm;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is known of a target as `staunch.check/1`: maps, lists, strings and numbers in a fixed order, for any JSON
/// writer.
public final class OutcomeForm {
    private OutcomeForm() {}

    public static Map<String, Object> of(Outcome outcome) {
        Diagnosis diagnosis = outcome.diagnosis();
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("schema", "staunch.check/1");
        form.put("target", target(outcome.target()));
        form.put("watched", outcome.watched().truncatedTo(ChronoUnit.SECONDS).toString());
        outcome.cutShort().ifPresent(why -> form.put("cutShort", why));
        form.put("verdict", JsonForm.verdict(diagnosis.overall()));
        form.put(
                "series", diagnosis.judgements().stream().map(JsonForm::verdict).toList());
        diagnosis.culprit().ifPresent(culprit -> form.put("culprit", JsonForm.culprit(culprit)));
        form.put(
                "suspects", diagnosis.suspects().stream().map(JsonForm::suspect).toList());
        form.put(
                "evidence",
                outcome.evidence().stream().map(OutcomeForm::evidence).toList());
        form.put("cost", cost(outcome.cost()));
        form.put("advice", diagnosis.advice());
        return form;
    }

    /// What a target is, by its kind.
    public static Map<String, Object> target(Target target) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("kind", target.kind().toString());
        target.processId().ifPresent(pid -> form.put("pid", pid));
        form.put("name", target.name());
        form.put("instance", target.instance());
        switch (target) {
            case JvmInfo jvm -> jvm(form, jvm.runtime(), jvm.collector());
            case RemoteJvm jvm -> jvm(form, jvm.runtime(), jvm.collector());
            case RedisServer redis -> form.put("runtime", redis.version());
            case MetricsInstance one -> form.put("dialect", one.dialect().toString());
            case PlainProcess _ -> {
                // There is no more to say.
            }
        }
        target.release().ifPresent(release -> form.put("release", release));
        return form;
    }

    private static void jvm(Map<String, Object> form, String runtime, Collector collector) {
        form.put("runtime", runtime);
        form.put("collector", collector.toString());
    }

    private static Map<String, Object> evidence(Evidence seen) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("at", seen.at().toString());
        form.put("source", seen.source());
        form.put("statement", seen.statement());
        return form;
    }

    public static Map<String, Object> cost(Cost cost) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("addedPauseMillis", Math.round(cost.addedPauseMillis() * 10) / 10.0);
        form.put("targetCpuMillis", cost.targetCpuMillis());
        return form;
    }
}
