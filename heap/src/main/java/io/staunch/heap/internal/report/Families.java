package io.staunch.heap.internal.report;

import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.TypeInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Types that are one to a reader: hidden classes of one origin, proxies and other classes made in numbers at run time.
/// Every type belongs to a family; most families have one member and its name.
public final class Families {
    /// So many classes that differ only in a number are not written by hand.
    private static final int PILE = 32;
    private static final Pattern HIDDEN = Pattern.compile("/0x[0-9a-fA-F]+");
    private static final Pattern LAMBDA_NUMBER = Pattern.compile("\\$\\$Lambda\\$\\d+");
    private static final Pattern NUMBERED = Pattern.compile("(?<=\\$\\$)[0-9a-f]{5,8}(?:_\\d+)?|(?<=[A-Za-z_$])\\d+");

    private final int[] familyOfType;
    private final List<String> names = new ArrayList<>();
    private final List<Integer> members = new ArrayList<>();
    private final List<TypeInfo> first = new ArrayList<>();

    public Families(ObjectGraph graph) {
        familyOfType = new int[graph.typeCount()];
        Map<String, Integer> sizes = new HashMap<>();
        for (int t = 0; t < familyOfType.length; t++) {
            sizes.merge(pattern(graph.typeAt(t).name()), 1, Integer::sum);
        }
        Map<String, Integer> known = new HashMap<>();
        for (int t = 0; t < familyOfType.length; t++) {
            TypeInfo type = graph.typeAt(t);
            String pattern = pattern(type.name());
            String name = sizes.getOrDefault(pattern, 0) >= PILE ? pattern : plain(type.name());
            Integer family = known.get(name);
            if (family == null) {
                family = names.size();
                known.put(name, family);
                names.add(name);
                members.add(0);
                first.add(type);
            }
            members.set(family, members.get(family) + 1);
            familyOfType[t] = family;
        }
    }

    /// A class's name without what tells hidden classes apart: `Driver$$Lambda`.
    public static String plain(String name) {
        return LAMBDA_NUMBER.matcher(HIDDEN.matcher(name).replaceAll("")).replaceAll("\\$\\$Lambda");
    }

    private static String pattern(String name) {
        return NUMBERED.matcher(plain(name)).replaceAll("*");
    }

    public int of(int typeNumber) {
        return familyOfType[typeNumber];
    }

    public int size() {
        return names.size();
    }

    public String name(int family) {
        return names.get(family);
    }

    /// One type of the family.
    public TypeInfo example(int family) {
        return first.get(family);
    }

    /// How many classes it has.
    public int members(int family) {
        return members.get(family);
    }

    /// Whether its classes were made in numbers at run time.
    public boolean isGenerated(int family) {
        return members.get(family) >= PILE;
    }
}
