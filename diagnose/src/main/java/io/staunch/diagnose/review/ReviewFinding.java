package io.staunch.diagnose.review;

import java.util.Optional;
import java.util.OptionalInt;

/// Something that a review found.
public sealed interface ReviewFinding {
    /// The file that it lies in; `app.jar!/BOOT-INF/lib/x.jar` for a jar within a jar.
    String source();

    /// The id of the rule: one of [LeakRule]'s, or [LibraryLeak#RULE].
    String rule();

    Confidence confidence();

    /// The library that the finding lies in, as a package URL.
    Optional<String> library();

    /// What was found, in one sentence.
    String what();

    /// Why memory is lost by it, in one sentence.
    String why();

    /// What to do, in one sentence.
    String mend();

    /// Where it is described.
    Optional<String> reference();

    /// Code that leaks by construction.
    ///
    /// @param type       the class as Java source names it
    /// @param method     its name and its parameters' types; empty where the finding is no method's
    /// @param line       absent without a table of line numbers
    /// @param sourceFile such as `com/shop/Store.java`; absent where the class does not tell
    record CodeLeak(
            String source,
            Optional<String> library,
            LeakRule leakRule,
            Confidence confidence,
            String type,
            Optional<String> method,
            OptionalInt line,
            Optional<String> sourceFile,
            String what)
            implements ReviewFinding {
        @Override
        public String rule() {
            return leakRule.id();
        }

        @Override
        public String why() {
            return leakRule.why();
        }

        @Override
        public String mend() {
            return leakRule.mend();
        }

        @Override
        public Optional<String> reference() {
            return Optional.empty();
        }
    }

    /// A library in a version of which a leak is published.
    ///
    /// @param purl with its version
    record LibraryLeak(String source, String purl, KnownLeak leak) implements ReviewFinding {
        /// The one rule for all of them.
        public static final String RULE = "known-library-leak";

        @Override
        public String rule() {
            return RULE;
        }

        /// That the version is affected; whether the service uses what leaks can't be seen.
        @Override
        public Confidence confidence() {
            return KnownLeaks.isWhole(purl) ? Confidence.CERTAIN : Confidence.LIKELY;
        }

        @Override
        public Optional<String> library() {
            return Optional.of(purl);
        }

        @Override
        public String what() {
            return "has a known leak (" + leak.id() + ")";
        }

        @Override
        public String why() {
            return leak.what();
        }

        @Override
        public String mend() {
            return fixedIn()
                    .map(version -> "Upgrade to " + version + " or newer.")
                    .orElse(leak.meanwhile());
        }

        /// The first version without it in this version's line of releases.
        public Optional<String> fixedIn() {
            return leak.fixedIn(purl.substring(purl.lastIndexOf('@') + 1));
        }

        @Override
        public Optional<String> reference() {
            return Optional.of(leak.reference());
        }
    }
}
