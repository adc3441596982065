package io.staunch.diagnose;

import io.staunch.collect.Collector;
import io.staunch.collect.Histogram;
import io.staunch.collect.TypeCount;
import io.staunch.detect.Sample;
import io.staunch.diagnose.TypeHistory.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a row of class histograms of live objects tells: the course of each type, and the live set as a whole.
public final class TypeHistories {
    private TypeHistories() {}

    /// The types that grow steadily up to the last histogram, the most to blame first. O(types × histograms²).
    public static List<GrowingType> growing(List<Histogram> histograms) {
        if (histograms.size() < SteadyGrowth.FEWEST_POINTS) {
            return List.of();
        }
        List<GrowingType> growing = new ArrayList<>();
        for (TypeHistory history : of(histograms)) {
            SteadyGrowth.of(history).ifPresent(growing::add);
        }
        return Blame.order(growing);
    }

    /// Whether there are enough histograms to tell which types grow.
    public static boolean areEnough(List<Histogram> histograms) {
        return histograms.size() >= SteadyGrowth.FEWEST_POINTS + 1;
    }

    /// The bytes that were alive, without what is known to be no object of the program's: the serial and the
    /// parallel collector leave dead objects in place for some collections and cover them with arrays of `int`
    /// (before JDK 19) or with types made for it, which come and go by the megabyte.
    public static Sample liveSet(Histogram histogram, Collector collector) {
        Set<String> fillers = new HashSet<>(Set.of("jdk.internal.vm.FillerArray", "jdk.internal.vm.FillerObject"));
        switch (collector) {
            case SERIAL, PARALLEL -> fillers.add("int[]");
            case G1, ZGC, GENERATIONAL_ZGC, SHENANDOAH, EPSILON, UNKNOWN -> {}
        }
        long bytes = 0;
        for (TypeCount count : histogram.types()) {
            bytes += fillers.contains(count.type()) ? 0 : count.bytes();
        }
        return new Sample(histogram.at(), bytes);
    }

    /// The histories of all types that the last histogram has more of than the first.
    private static List<TypeHistory> of(List<Histogram> histograms) {
        List<Map<String, TypeCount>> byName = new ArrayList<>();
        for (Histogram histogram : histograms) {
            Map<String, TypeCount> types = new HashMap<>();
            histogram.types().forEach(count -> types.put(count.type(), count));
            byName.add(types);
        }
        List<TypeHistory> histories = new ArrayList<>();
        for (TypeCount last : histograms.getLast().types()) {
            TypeCount none = new TypeCount(last.type(), 0, 0);
            if (last.instances()
                    > byName.getFirst().getOrDefault(last.type(), none).instances()) {
                List<Point> points = new ArrayList<>();
                for (int i = 0; i < histograms.size(); i++) {
                    TypeCount count = byName.get(i).getOrDefault(last.type(), none);
                    points.add(new Point(histograms.get(i).at(), count.instances(), count.bytes()));
                }
                histories.add(new TypeHistory(last.type(), points));
            }
        }
        return histories;
    }
}
