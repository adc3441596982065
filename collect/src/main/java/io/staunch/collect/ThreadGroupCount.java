package io.staunch.collect;

/// Threads whose names differ only in their digits.
///
/// @param pattern the name with each run of digits as `*`: `http-nio-*-exec-*`
public record ThreadGroupCount(String pattern, long count) {}
