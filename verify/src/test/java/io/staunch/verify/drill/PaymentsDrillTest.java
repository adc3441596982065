package io.staunch.verify.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Suspect;
import io.staunch.drill.Drill;
import io.staunch.drill.DrillName;
import io.staunch.drill.DrillResult;
import io.staunch.drill.Pace;
import io.staunch.drill.ShopHome;
import io.staunch.incident.Attempt;
import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.StateDirectory;
import io.staunch.remedy.AuditLine;
import io.staunch.remedy.AuditLog;
import io.staunch.remedy.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole of it once: a real shop, real buyers, a leak in one of three services that are watched. Needs the
/// shop that `-pl shop -am package` puts together. The drill `sessions` is run by `.ci/run`, the others before a
/// release.
final class PaymentsDrillTest {
    private static final String CULPRIT = "pkg:maven/io.staunch.shop/payment-gateway@1.9.0";

    @TempDir
    Path directory;

    @Test
    @Tag("slow")
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void thePaymentsIncidentEndsRecoveredWithTheRightCulpritAndNobodyElseBlamed() throws Exception {
        StateDirectory state = new StateDirectory(directory.resolve("state"));
        StringBuilder told = new StringBuilder();
        DrillResult result;
        try (Drill drill = new Drill(
                DrillName.PAYMENTS,
                shop(),
                directory.resolve("shop"),
                Pace.fast(),
                Mode.APPROVE,
                state,
                (at, voice, sentence) -> told.append(sentence).append('\n'))) {
            result = drill.run();
        }

        assertThat(result.recovered()).as(told.toString()).isTrue();
        Incident incident = result.incident().orElseThrow();
        assertThat(incident.service()).isEqualTo("payment-gateway");
        assertThat(incident.culprit().orElseThrow().library()).contains(CULPRIT);
        assertThat(incident.culprit().orElseThrow().holder())
                .anySatisfy(step -> assertThat(step).endsWith("Ledger.assessments"));
        assertThat(incident.brokenBy().orElseThrow().version()).isEqualTo("1.9.0");
        assertThat(names(incident, Finding.CLEARED)).contains("the network", "the service shop-api");
        assertThat(names(incident, Finding.IMPLICATED))
                .containsExactlyInAnyOrder(
                        "the last release, payment-gateway 1.9.0", "io.staunch.shop:payment-gateway 1.8.0 → 1.9.0");
        assertThat(incident.attempts())
                .extracting(Attempt::act, Attempt::helped)
                .containsExactly(tuple("rollback", true));
        assertThat(Files.readString(result.postmortem().orElseThrow())).contains("| **Root cause** | `");
        assertThat(new IncidentStore(state.incidents()).find(incident.id())).contains(incident);
        assertThat(acts(state)).containsExactly("intends", "done", "effect");
        assertThat(processesOf(directory)).isEmpty();
    }

    private static ShopHome shop() throws Exception {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(root.resolve("staunch"))) {
            root = Objects.requireNonNull(root.getParent(), "expected to run inside the checkout");
        }
        return ShopHome.of(Map.of("STAUNCH_HOME", root.toString()));
    }

    private static List<String> names(Incident incident, Finding finding) {
        return incident.suspects(finding).stream().map(Suspect::name).toList();
    }

    private static List<String> acts(StateDirectory state) throws Exception {
        try (AuditLog audit = AuditLog.open(state.auditLog(), InstantSource.system())) {
            return audit.lines().stream().map(AuditLine::what).toList();
        }
    }

    private static List<Long> processesOf(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(words -> String.join(" ", words).contains(directory.toString()))
                        .orElse(false))
                .map(ProcessHandle::pid)
                .toList();
    }
}
