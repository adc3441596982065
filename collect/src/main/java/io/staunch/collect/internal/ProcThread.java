package io.staunch.collect.internal;

/// A thread of a process.
///
/// @param command  its name, cut to 15 characters by the kernel
/// @param cpuNanos CPU it has used
public record ProcThread(long id, String command, long cpuNanos) {}
