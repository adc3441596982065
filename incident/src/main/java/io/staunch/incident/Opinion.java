package io.staunch.incident;

import io.staunch.diagnose.Finding;
import java.time.Instant;

/// How a suspect stood from a time on, until its next opinion.
public record Opinion(Instant at, String suspectId, String name, Finding finding) {}
