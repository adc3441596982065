package io.staunch.server.response;

import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Figures;
import io.staunch.incident.Growth;
import io.staunch.incident.IncidentText;
import io.staunch.remedy.Release;
import io.staunch.remedy.Releases;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What piles up, who holds it, who owns it, which release brought it, and why Staunch says so.
///
/// @param evidence sentences
record NamedCause(Culprit culprit, Attribution attribution, List<String> evidence) {
    NamedCause {
        evidence = List.copyOf(evidence);
    }

    /// @param releases as they ran
    /// @param good     that were watched without a leak, or named good
    static NamedCause of(Culprit found, Service.Kind kind, Releases releases, Growth growth, Set<String> good) {
        Attribution attribution = Attribution.of(releases, found, growth, good);
        Culprit named = attribution
                .release()
                .map(release -> found.broughtBy(release.version()))
                .orElse(found);
        List<String> evidence = new ArrayList<>(evidence(found, kind));
        evidence.addAll(attribution.evidence());
        return new NamedCause(named, attribution, evidence);
    }

    private static List<String> evidence(Culprit culprit, Service.Kind kind) {
        List<String> evidence = new ArrayList<>();
        String counted = switch (kind) {
            case JVM -> "class histograms";
            case REDIS -> "samples of the keys";
        };
        culprit.lead()
                .ifPresent(lead -> evidence.add("Instances of `" + lead.type() + "` grow by "
                        + Figures.count(lead.instancesPerHour() / 60) + " a minute, counted in " + counted + "."));
        if (!culprit.holder().isEmpty()) {
            String seen = switch (kind) {
                case JVM -> "The heap dump shows who holds them";
                case REDIS -> "What keeps them";
            };
            evidence.add(seen + ": `" + String.join("` → `", culprit.holder()) + "`.");
        }
        if (!culprit.allocatedAt().isEmpty()) {
            evidence.add("Sampled allocations that stayed alive come from `"
                    + culprit.allocatedAt().getFirst() + "`.");
        }
        return evidence;
    }

    /// As it is told, one thing a line.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        culprit.lead()
                .ifPresent(lead -> lines.add("what piles up: " + lead.type() + ", "
                        + Figures.count(lead.instancesPerHour() / 60) + " more a minute"));
        IncidentText.holder(culprit).ifPresent(holder -> lines.add("who holds it: " + holder));
        if (!culprit.allocatedAt().isEmpty()) {
            lines.add("where it is allocated: " + culprit.allocatedAt().getFirst());
        }
        culprit.library().ifPresent(purl -> lines.add("who owns it: " + purl));
        culprit.release().ifPresent(release -> lines.add("which release brought it: " + release));
        return lines;
    }

    /// Whether both blame the same.
    boolean agreesWith(NamedCause other) {
        return culprit.agreesWith(other.culprit)
                && attribution
                        .release()
                        .map(Release::version)
                        .equals(other.attribution.release().map(Release::version));
    }
}
