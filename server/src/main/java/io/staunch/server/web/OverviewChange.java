package io.staunch.server.web;

import io.staunch.server.web.Overview.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is different between two views of the overview, as `staunch.changes/1`: a member that is there replaces what it
/// was, one that is null is not there any more.
final class OverviewChange {
    /// Different nearly every time, and of little use alone: they come along with something else.
    private static final Set<String> WITH_OTHERS = Set.of("watchedSeconds", "cost");

    private OverviewChange() {}

    static Map<String, Object> of(View before, View now) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("schema", "staunch.changes/1");
        form.put("at", now.at());
        if (!before.warnings().equals(now.warnings())) {
            form.put("warnings", now.warnings());
        }
        Map<String, @Nullable Object> own = members(before.own(), now.own());
        if (!own.isEmpty()) {
            form.put("own", own);
        }
        if (!before.cost().equals(now.cost())) {
            form.put("cost", now.cost());
        }
        List<Object> order = ids(now);
        if (!order.equals(ids(before))) {
            form.put("order", order);
        }
        form.put("targets", targets(before, now));
        return form;
    }

    private static List<Object> ids(View view) {
        return view.targets().stream().map(OverviewChange::id).toList();
    }

    private static Object id(Map<String, Object> target) {
        return target.getOrDefault("id", "");
    }

    private static List<Map<String, @Nullable Object>> targets(View before, View now) {
        Map<Object, Map<String, Object>> known = new HashMap<>();
        before.targets().forEach(target -> known.put(id(target), target));
        List<Map<String, @Nullable Object>> changed = new ArrayList<>();
        for (Map<String, Object> target : now.targets()) {
            Map<String, @Nullable Object> members = members(known.getOrDefault(id(target), Map.of()), target);
            if (!WITH_OTHERS.containsAll(members.keySet())) {
                Map<String, @Nullable Object> change = new LinkedHashMap<>();
                change.put("id", id(target));
                change.putAll(members);
                changed.add(change);
            }
        }
        return changed;
    }

    private static Map<String, @Nullable Object> members(Map<String, Object> before, Map<String, Object> now) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>();
        now.forEach((name, value) -> {
            Object old = before.get(name);
            if (old == null) {
                changed.put(name, value);
            } else if (!value.equals(old)) {
                changed.put(name, tail(old, value));
            }
        });
        before.keySet().stream().filter(name -> !now.containsKey(name)).forEach(name -> changed.put(name, null));
        return changed;
    }

    /// Of a curve that went on only its new points; anything else as it is.
    private static Object tail(Object before, Object now) {
        if (!(before instanceof Map<?, ?> old)
                || !(now instanceof Map<?, ?> curve)
                || !(old.get("points") instanceof List<?> past)
                || !(curve.get("points") instanceof List<?> points)) {
            return now;
        }
        int kept = keptPoints(past, points);
        if (kept == 0 || !heading(old).equals(heading(curve))) {
            return now;
        }
        Map<Object, Object> tail = heading(curve);
        tail.put("from", time(points.getFirst()));
        tail.put("points", points.subList(kept, points.size()));
        return tail;
    }

    /// How many of the points were there before, if what follows them is not earlier than what followed them then; 0 if
    /// it is.
    private static int keptPoints(List<?> past, List<?> points) {
        int first = points.isEmpty() ? -1 : past.indexOf(points.getFirst());
        if (first < 0) {
            return 0;
        }
        int kept = 0;
        while (kept < points.size()
                && first + kept < past.size()
                && points.get(kept).equals(past.get(first + kept))) {
            kept++;
        }
        int followed = past.size() - first - kept;
        boolean replaced = followed == 1 && kept < points.size() && time(past.getLast()) == time(points.get(kept));
        boolean wentOn = followed == 0 && kept < points.size();
        return wentOn || replaced ? kept : 0;
    }

    private static long time(Object point) {
        return ((Number) ((List<?>) point).getFirst()).longValue();
    }

    private static Map<Object, Object> heading(Map<?, ?> curve) {
        Map<Object, Object> heading = new LinkedHashMap<>(curve);
        heading.remove("points");
        return heading;
    }
}
