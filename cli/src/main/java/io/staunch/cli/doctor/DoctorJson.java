package io.staunch.cli.doctor;

import io.staunch.cli.Json;
import io.staunch.collect.HostTarget;
import io.staunch.collect.HostTarget.OperationCost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The machine-readable form, schema `staunch.doctor/1`. What is not known is an absent key.
final class DoctorJson {
    private DoctorJson() {}

    static String of(List<HostTarget> targets) {
        List<Map<String, Object>> jvms = new ArrayList<>();
        List<Map<String, Object>> redis = new ArrayList<>();
        List<Map<String, Object>> processes = new ArrayList<>();
        for (HostTarget target : targets) {
            switch (target) {
                case HostTarget.Jvm jvm -> jvms.add(jvm(jvm));
                case HostTarget.Redis server -> redis.add(redis(server));
                case HostTarget.LargeProcess process -> processes.add(common(process, process.residentBytes()));
            }
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("schema", "staunch.doctor/1");
        all.put("jvms", jvms);
        all.put("redis", redis);
        all.put("processes", processes);
        return Json.of(all);
    }

    private static Map<String, Object> jvm(HostTarget.Jvm jvm) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("pid", jvm.pid());
        object.put("name", jvm.name());
        object.put("user", jvm.user());
        object.put("runtime", jvm.info().runtime());
        object.put("collector", jvm.info().collector().toString());
        jvm.info().release().ifPresent(release -> object.put("release", release));
        object.put("started", jvm.info().started().toString());
        object.put("way", jvm.info().way().toString());
        object.put("right", jvm.right());
        jvm.heapUsed().ifPresent(bytes -> object.put("heapUsedBytes", bytes));
        jvm.heapMax().ifPresent(bytes -> object.put("heapMaxBytes", bytes));
        object.put("costs", jvm.costs().stream().map(DoctorJson::cost).toList());
        return object;
    }

    private static Map<String, Object> cost(OperationCost cost) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("operation", cost.operation().toString());
        if (cost.impossible().isPresent()) {
            object.put("impossible", cost.impossible().get());
            return object;
        }
        cost.pause().ifPresent(pause -> object.put("pauseMillis", pause.toMillis()));
        if (cost.diskBytes() > 0) {
            object.put("diskBytes", cost.diskBytes());
        }
        return object;
    }

    private static Map<String, Object> redis(HostTarget.Redis server) {
        Map<String, Object> object = common(server, server.residentBytes());
        object.put("addresses", server.addresses());
        return object;
    }

    private static Map<String, Object> common(HostTarget target, long residentBytes) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("pid", target.pid());
        object.put("name", target.name());
        object.put("user", target.user());
        object.put("residentBytes", residentBytes);
        return object;
    }
}
