package io.staunch.remedy;

import java.time.Instant;

/// One line of the audit log.
///
/// @param number   from 1, without a gap
/// @param who      who or what began it: `staunch`, or the user who agreed
/// @param what     the event: `intends`, `done`, `failed`, `refused`, `effect`, `dump`, …
/// @param act      the remedy's name, `-` if none
/// @param from     the release that ran before the act, `-` if none
/// @param to       the release that was to run after it, `-` if none
/// @param detail   one sentence
/// @param previous the hash of the line before, 64 zeros for the first
public record AuditLine(
        long number,
        Instant at,
        String who,
        String service,
        String what,
        String act,
        String from,
        String to,
        String detail,
        String previous) {}
