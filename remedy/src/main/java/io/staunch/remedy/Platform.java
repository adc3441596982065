package io.staunch.remedy;

import java.time.Duration;
import java.util.List;

/// What runs a service and can change its release: a driver, kept small so that a new platform is one class. A
/// driver only does as it is told; whether it may is for the [GuardRails] to say beforehand.
public interface Platform {
    /// As written in the audit log, such as `release directories in /srv/shop`.
    String name();

    /// What is installed, what runs, and what ran before.
    Releases releases(String service) throws PlatformFailed, InterruptedException;

    /// What [#carryOut] would do, step by step, without doing it: the dry run.
    List<String> plan(Remedy remedy) throws PlatformFailed, InterruptedException;

    /// Does it and looks whether the release that should run is the one in place. Never longer than `limit`, apart
    /// from the seconds that it takes to stop what hangs.
    Outcome carryOut(Remedy remedy, Duration limit) throws InterruptedException;

    /// How the doing went. Whether it helped is the [EffectCheck]'s to say.
    sealed interface Outcome {
        /// The target release is in place.
        record Done(Duration took) implements Outcome {}

        /// It is not, or nobody can tell. `why` says what was left behind.
        record Failed(String why) implements Outcome {}

        /// The time was over; what hung was stopped.
        record TimedOut(Duration limit, String step) implements Outcome {}
    }
}
