package io.staunch.diagnose.review;

import java.util.Optional;

/// A static thread local that is given a value of the application's own and never taken back.
final class ThreadLocalRule {
    private ThreadLocalRule() {}

    static boolean isThreadLocal(String type) {
        return type.equals("java/lang/ThreadLocal") || type.equals("java/lang/InheritableThreadLocal");
    }

    /// @param uses what is done with it, as of a collection: `set` among what only reads
    static Optional<ReviewFinding.CodeLeak> review(
            CodeUnit unit, TrackedField field, java.util.List<CollectionUse> uses) {
        return Optional.empty();
    }
}
