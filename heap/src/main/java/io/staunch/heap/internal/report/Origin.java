package io.staunch.heap.internal.report;

import io.staunch.heap.Library;
import java.util.Optional;

/// Where a class outside the JDK comes from: a published library, or the application, which has no name as one.
record Origin(Optional<Library> library) {
    static final Origin APPLICATION = new Origin(Optional.empty());
}
