package io.staunch.detect;

/// Something that happened to the target and explains a change of its series.
public enum Event {
    /// The process began anew: what it held before is gone.
    RESTART,
    /// Another release took over. It is a restart, too.
    DEPLOY,
    /// The data changed its shape (a schema migration, an import); the process stayed. Judging begins anew:
    /// what lies before and what comes after are not taken for one growth, and earlier lives are no measure
    /// any more.
    MIGRATION
}
