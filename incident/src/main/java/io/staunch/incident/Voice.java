package io.staunch.incident;

/// The sentences of a postmortem that differ by tone. None of them holds a fact that the other tone leaves out.
sealed interface Voice {
    static Voice of(Tone tone) {
        return switch (tone) {
            case PLAIN -> new Plain();
            case WRY -> new Wry();
        };
    }

    String title(Incident incident);

    /// Above the timeline.
    String timeline();

    /// Above the cleared suspects; `count` of them.
    String cleared(int count);

    /// About an act that did not help.
    String inVain(Attempt attempt);

    /// Above the tasks.
    String measures();

    /// The last line.
    String end();

    private static String returned(Attempt attempt) {
        return attempt.effect()
                .flatMap(Attempt.Seen::comparison)
                .map(comparison -> ": it was back within " + Times.span(comparison.watched()))
                .orElse("");
    }

    record Plain() implements Voice {
        @Override
        public String title(Incident incident) {
            return "Postmortem: memory leak in " + incident.service();
        }

        @Override
        public String timeline() {
            return "All times are UTC. Indented lines are the evidence behind a line.";
        }

        @Override
        public String cleared(int count) {
            return count == 1
                    ? "One explanation was looked at and cleared."
                    : count + " explanations were looked at and cleared.";
        }

        @Override
        public String inVain(Attempt attempt) {
            return "The " + attempt.act() + " did not end the growth" + returned(attempt) + ".";
        }

        @Override
        public String measures() {
            return "Each task follows from a finding of this incident. Owners are roles.";
        }

        @Override
        public String end() {
            return "Drawn from the recorded incident by Staunch; nothing in it was typed from memory.";
        }
    }

    record Wry() implements Voice {
        @Override
        public String title(Incident incident) {
            return "The memory that would not leave: a postmortem of " + incident.service();
        }

        @Override
        public String timeline() {
            return "All times are UTC. Indented lines are the evidence, for those who no longer believe anybody.";
        }

        @Override
        public String cleared(int count) {
            return count == 1
                    ? "One suspect was questioned and may go home."
                    : count + " suspects were questioned and may go home. We apologise to each of them.";
        }

        @Override
        public String inVain(Attempt attempt) {
            return "The " + attempt.act()
                    + " was tried, as it always is, and did not end the growth, as it never does" + returned(attempt)
                    + ".";
        }

        @Override
        public String measures() {
            return "Good intentions, with dates on them. Each follows from a finding of this incident; owners are roles, "
                    + "so nobody needs to hide.";
        }

        @Override
        public String end() {
            return "Drawn from the recorded incident by Staunch, which has no memory of its own to lose; nothing in it "
                    + "was typed from memory.";
        }
    }
}
