package io.staunch.diagnose.review;

import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Looks through the classes of one jar or folder by all rules. A method is only followed where it has something that
/// a rule is about.
final class CodeReview {
    private final CodeUnit unit;
    private final Consumer<String> warnings;
    private final FieldTracking tracking;
    private final List<ReviewFinding> findings = new ArrayList<>();
    private int methods;

    /// @param warnings takes what could not be followed
    CodeReview(CodeUnit unit, Consumer<String> warnings) {
        this.unit = unit;
        this.warnings = warnings;
        tracking = new FieldTracking(unit.classes());
    }

    /// Methods that were looked through.
    int methods() {
        return methods;
    }

    List<ReviewFinding> findings() {
        for (ClassModel type : unit.classes().all()) {
            int before = findings.size();
            try {
                review(type);
            } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
                findings.subList(before, findings.size()).clear();
                warnings.accept(unit.source() + ": "
                        + CodeUnit.javaName(type.thisClass().asInternalName()) + ": expected a whole class file, found "
                        + e.getMessage());
            }
        }
        for (TrackedField field : tracking.fields()) {
            List<CollectionUse> uses = tracking.uses(field);
            if (ThreadLocalRule.isThreadLocal(field.type())) {
                ThreadLocalRule.review(unit, field, uses).ifPresent(findings::add);
            } else {
                (field.isForLife()
                                ? GrowingCollectionRule.review(unit, field, uses)
                                : ListenerRule.review(unit, field, uses))
                        .ifPresent(findings::add);
            }
        }
        return findings;
    }

    private void review(ClassModel type) {
        Beginnings statics = new Beginnings(type, Set.of("<clinit>"));
        Beginnings objects = new Beginnings(type, Set.of("<clinit>", "<init>"));
        for (MethodModel method : type.methods()) {
            method.code().ifPresent(body -> {
                methods++;
                MethodCode code = new MethodCode(type, method, body);
                review(code, statics, objects);
            });
        }
    }

    private void review(MethodCode code, Beginnings statics, Beginnings objects) {
        FinalizerRule.review(unit, code).ifPresent(findings::add);
        boolean fields = false;
        boolean calls = false;
        for (int step = 0; step < code.size(); step++) {
            fields |= tracking.isWorthALook(code, step);
            calls |= Openings.isWorthALook(code, step) || StepRule.anyIsWorthALook(code, step);
        }
        if ((!fields && !calls) || code.hasSubroutines()) {
            return;
        }
        Flow flow = new Flow(code);
        if (fields) {
            tracking.add(flow, statics, objects);
        }
        if (calls) {
            boolean once = isOnceInALife(code, statics);
            findings.addAll(once ? List.of() : ResourceRule.review(unit, flow));
            steps(flow, once);
        }
    }

    private void steps(Flow flow, boolean once) {
        for (StepRule rule : StepRule.ALL) {
            for (int step = 0; step < flow.code().size(); step++) {
                boolean counts = rule.countsOnce() || !once;
                if (counts && flow.isReached(step) && rule.isWorthALook(flow.code(), step)) {
                    rule.at(unit, flow, step).ifPresent(findings::add);
                }
            }
        }
    }

    /// Whether it runs once for the life of the process, so that what it leaves open is no leak.
    private static boolean isOnceInALife(MethodCode code, Beginnings statics) {
        boolean main = code.name().equals("main")
                && (code.method().methodType().equalsString("([Ljava/lang/String;)V")
                        || code.method().methodType().equalsString("()V"));
        return main || statics.isInitial(code.method());
    }
}
