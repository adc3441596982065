package io.staunch.heap.internal.graph;

import io.staunch.heap.internal.bytes.Tags;
import io.staunch.heap.internal.index.FieldInfo;
import io.staunch.heap.internal.index.TypeInfo;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Where the references lie within the values of each type's instances, made once per type on first use.
final class ReferenceFields {
    private final int idSize;
    private final Map<Integer, Plan> plans = new ConcurrentHashMap<>();
    private volatile Plan[] byNumber = new Plan[0];

    /// @param offsets byte offsets of strong references
    /// @param referent offset of java.lang.ref.Reference.referent, -1 in other classes
    /// @param holdsClass whether an instance may be what keeps its class alive
    @SuppressWarnings("ArrayRecordComponent") // read in the inner loop, never handed out
    record Plan(int[] offsets, int referent, WeakLinks.Strength strength, boolean holdsClass, boolean isThread) {}

    ReferenceFields(int idSize) {
        this.idSize = idSize;
    }

    Plan of(TypeInfo type) {
        Plan[] known = byNumber;
        int number = type.number();
        if (number < known.length && known[number] != null) {
            return known[number];
        }
        return make(type);
    }

    private synchronized Plan make(TypeInfo type) {
        Plan plan = plans.computeIfAbsent(type.number(), n -> plan(type));
        Plan[] larger = Arrays.copyOf(byNumber, Math.max(byNumber.length, type.number() + 64));
        larger[type.number()] = plan;
        byNumber = larger;
        return plan;
    }

    private Plan plan(TypeInfo type) {
        int[] offsets = new int[8];
        int used = 0;
        int referent = -1;
        int base = 0;
        WeakLinks.Strength strength = Linker.strengthOf(type).orElse(WeakLinks.Strength.WEAK);
        for (TypeInfo at = type; at != null; at = at.superType()) {
            for (FieldInfo field : at.fields()) {
                if (field.isReference()) {
                    if (at.name().equals("java.lang.ref.Reference")
                            && field.name().equals("referent")) {
                        referent = base;
                    } else {
                        if (used == offsets.length) {
                            offsets = Arrays.copyOf(offsets, used * 2);
                        }
                        offsets[used++] = base;
                    }
                }
                base += Math.max(0, Tags.width(field.basicType(), idSize));
            }
        }
        return new Plan(
                Arrays.copyOf(offsets, used), referent, strength, !type.isPermanent(), type.isA("java.lang.Thread"));
    }
}
