package io.staunch.remedy;

/// An act that may end a leak, or relieve it for a while.
public sealed interface Remedy {
    String service();

    /// The act's name in results: `rollback`, `restart`, `upgrade`, `patch`.
    String act();

    /// What it does, as an order in one sentence without the full stop.
    String order();

    /// Puts the release that was good back in place of the one that is implicated.
    record RollBack(String service, Release from, Release to) implements Remedy {
        @Override
        public String act() {
            return "rollback";
        }

        @Override
        public String order() {
            return "roll " + service + " back from release " + from.version() + " to " + to.version();
        }
    }

    /// Starts the same release anew: gives the memory back, removes no cause.
    record Restart(String service, Release release) implements Remedy {
        @Override
        public String act() {
            return "restart";
        }

        @Override
        public String order() {
            return "restart " + service + " (release " + release.version() + ")";
        }
    }

    /// Puts a release in place that has another version of the library that is implicated.
    record Upgrade(String service, Release from, Release to, Library fixed) implements Remedy {
        @Override
        public String act() {
            return "upgrade";
        }

        @Override
        public String order() {
            return "deploy " + service + " release " + to.version() + " with " + fixed.shortName() + " "
                    + fixed.version();
        }
    }

    /// Puts a later release in place that the service's own team made to end the leak.
    record Patch(String service, Release from, Release to) implements Remedy {
        @Override
        public String act() {
            return "patch";
        }

        @Override
        public String order() {
            return "deploy the patched release " + to.version() + " of " + service;
        }
    }

    /// The release that runs before the act.
    default Release origin() {
        return switch (this) {
            case RollBack(var service, var from, var to) -> from;
            case Restart(var service, var release) -> release;
            case Upgrade(var service, var from, var to, var fixed) -> from;
            case Patch(var service, var from, var to) -> from;
        };
    }

    /// The release that runs once the act is done.
    default Release target() {
        return switch (this) {
            case RollBack(var service, var from, var to) -> to;
            case Restart(var service, var release) -> release;
            case Upgrade(var service, var from, var to, var fixed) -> to;
            case Patch(var service, var from, var to) -> to;
        };
    }
}
