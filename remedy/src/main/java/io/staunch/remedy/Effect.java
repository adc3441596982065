package io.staunch.remedy;

import java.util.List;

/// Whether an act ended the growth, with the evidence as sentences.
public sealed interface Effect {
    List<String> evidence();

    /// The growth ended.
    record Helped(List<String> evidence) implements Effect {
        public Helped {
            evidence = List.copyOf(evidence);
        }
    }

    /// The growth goes on: what was acted on is not the cause, or not all of it.
    record DidNotHelp(List<String> evidence) implements Effect {
        public DidNotHelp {
            evidence = List.copyOf(evidence);
        }
    }

    /// The time since the act is too short to tell.
    record TooEarly(List<String> evidence) implements Effect {
        public TooEarly {
            evidence = List.copyOf(evidence);
        }
    }
}
