package io.staunch.remedy;

/// How far Staunch may go for a service. Each mode includes those before it.
public enum Mode {
    /// Say what was found; the default.
    OBSERVE,
    /// Say what to do as well.
    RECOMMEND,
    /// Do it once a person has agreed.
    APPROVE,
    /// Do it, within the guard rails.
    AUTO
}
