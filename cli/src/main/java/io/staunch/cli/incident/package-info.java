/// What happened, and the undo: `incidents`, `incident`, `postmortem`, `rollback`.
@NullMarked
package io.staunch.cli.incident;

import org.jspecify.annotations.NullMarked;
