/// What the operating system and the JVM's own files tell of a process: `/proc`, cgroups, performance counters.
@NullMarked
package io.staunch.collect.internal;

import org.jspecify.annotations.NullMarked;
