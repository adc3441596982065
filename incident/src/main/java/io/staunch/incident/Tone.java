package io.staunch.incident;

/// How a postmortem is told. The facts are the same in each.
public enum Tone {
    PLAIN,
    /// With dry humour at nobody's cost.
    WRY
}
