package io.staunch.server.response;

import io.staunch.diagnose.Culprit;
import io.staunch.remedy.Clearance;
import io.staunch.remedy.GuardRails;
import io.staunch.remedy.Library;
import io.staunch.remedy.Release;
import io.staunch.remedy.Releases;
import io.staunch.remedy.Remedy;
import io.staunch.remedy.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What could be done, the safest lasting act first, and what the guard rails say of each.
///
/// @param allowed  which a person could agree to, or Staunch begin by itself
/// @param refused  sentences
record Options(List<Remedy> allowed, List<String> refused) {
    Options {
        allowed = List.copyOf(allowed);
        refused = List.copyOf(refused);
    }

    /// @param inVain orders that were tried already
    static Options weigh(List<Remedy> candidates, Set<String> inVain, Situation situation) {
        List<Remedy> allowed = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Remedy remedy : candidates) {
            if (inVain.contains(remedy.order())) {
                continue;
            }
            switch (GuardRails.judge(remedy, situation)) {
                case Clearance.Allowed() -> allowed.add(remedy);
                case Clearance.Refused(var rule, var why) ->
                    refused.add("A guard rail (" + rule.id() + ") refuses to " + remedy.order() + ": " + why);
            }
        }
        return new Options(allowed, refused);
    }

    /// Back to the last release that is good, else to the one before; forward to one with another version of the
    /// guilty library; a restart.
    static List<Remedy> candidates(Releases releases, Set<String> good, Optional<Culprit> culprit) {
        List<Remedy> candidates = new ArrayList<>();
        Optional<Release> current = releases.current();
        if (current.isEmpty()) {
            return candidates;
        }
        String service = releases.service();
        releases.inPlace().reversed().stream()
                .filter(release -> good.contains(release.version()))
                .findFirst()
                .or(() -> releases.before(current.get()))
                .ifPresent(target -> candidates.add(new Remedy.RollBack(service, current.get(), target)));
        candidates.addAll(upgrades(releases, current.get(), culprit));
        candidates.add(new Remedy.Restart(service, current.get()));
        return candidates;
    }

    /// Releases that lie ready, never ran, and hold another version of the library that owns what piles up.
    private static List<Remedy> upgrades(Releases releases, Release current, Optional<Culprit> culprit) {
        Optional<Library> guilty = culprit.flatMap(Culprit::library).map(Library::new);
        if (guilty.isEmpty()) {
            return List.of();
        }
        List<Remedy> upgrades = new ArrayList<>();
        for (Release release : releases.known()) {
            boolean ran = releases.inPlace().stream()
                    .anyMatch(placed -> placed.version().equals(release.version()));
            if (!ran) {
                release.libraries().stream()
                        .filter(library ->
                                library.coordinates().equals(guilty.get().coordinates()))
                        .filter(library -> !library.equals(guilty.get()))
                        .findFirst()
                        .ifPresent(
                                fixed -> upgrades.add(new Remedy.Upgrade(releases.service(), current, release, fixed)));
            }
        }
        return upgrades;
    }

    /// As a sentence without the full stop.
    String advice() {
        if (allowed.isEmpty()) {
            return "wait for a patched release; nothing else is left that the guard rails allow";
        }
        List<String> choices = new ArrayList<>(List.of(allowed.getFirst().order()));
        allowed.stream().skip(1).map(Options::choice).forEach(choices::add);
        return String.join("; or ", choices);
    }

    private static String choice(Remedy remedy) {
        return switch (remedy) {
            case Remedy.Restart restart -> restart.order() + " for relief";
            case Remedy.RollBack back -> back.order();
            case Remedy.Upgrade upgrade -> upgrade.order();
            case Remedy.Patch patch -> patch.order();
        };
    }
}
