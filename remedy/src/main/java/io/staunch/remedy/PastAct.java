package io.staunch.remedy;

import java.time.Instant;

/// An act that was begun, by Staunch or by a person through Staunch. It counts whether it ended well or not.
///
/// @param act  the remedy's name: `rollback`, `restart`, `upgrade`, `patch`
/// @param from the version that ran before
/// @param to   the version that was to run after
public record PastAct(Instant at, String service, String act, String from, String to) {
    public boolean isRollback() {
        return act.equals("rollback");
    }
}
