package io.staunch.cli.incident;

import io.staunch.remedy.AuditLine;
import io.staunch.remedy.AuditLog;
import io.staunch.remedy.Budget;
import io.staunch.remedy.ChangeFile;
import io.staunch.remedy.Clearance;
import io.staunch.remedy.Command;
import io.staunch.remedy.GuardRails;
import io.staunch.remedy.KillSwitch;
import io.staunch.remedy.LoggedAct;
import io.staunch.remedy.Mode;
import io.staunch.remedy.OperatorProgram;
import io.staunch.remedy.Platform;
import io.staunch.remedy.PlatformFailed;
import io.staunch.remedy.Recovery;
import io.staunch.remedy.Release;
import io.staunch.remedy.ReleaseDirectories;
import io.staunch.remedy.Releases;
import io.staunch.remedy.Remedy;
import io.staunch.remedy.Situation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `staunch rollback SERVICE`: the undo. A person asks for it, so a person has agreed; what would make it wrong
/// whoever asks (a change that can't be undone, a rollback of a rollback, the kill switch) still stops it.
@picocli.CommandLine.Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Puts the release before the current one, or a named one, back in place.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:refused by a guard rail, or failed", "2:wrong usage or unreadable input"})
public final class RollbackCommand implements Callable<Integer> {
    private static final Duration ASK_LIMIT = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SERVICE", description = "the service to roll back")
    private String service = "";

    @Option(names = "--to", paramLabel = "RELEASE", description = "the release to go back to; else the one before")
    private Optional<String> to = Optional.empty();

    @Option(names = "--dry-run", description = "say what would be done and do nothing")
    private boolean dryRun;

    @ArgGroup(multiplicity = "1")
    private Driver driver = new Driver();

    /// How the service is run.
    private static final class Driver {
        @ArgGroup(exclusive = false)
        private @Nullable Directories directories;

        @Option(
                names = "--exec",
                paramLabel = "PROGRAM",
                required = true,
                description = "a program that lists, rolls back and restarts (docs/reference/drivers.md)")
        private @Nullable Path program;
    }

    private static final class Directories {
        @Option(
                names = "--in",
                paramLabel = "DIR",
                required = true,
                description = "where the service's directory releases and its link current are")
        private Path home = Path.of("");

        @Option(
                names = "--restart",
                paramLabel = "WORD",
                required = true,
                arity = "1..*",
                description = "the command that starts the service anew; {service} and {release} are filled in")
        private List<String> restart = List.of();

        @Option(
                names = "--events",
                paramLabel = "FILE",
                description = "where the deployment tool announces its changes")
        private Optional<Path> events = Optional.empty();
    }

    @Override
    public Integer call() throws InterruptedException {
        Platform platform = platform();
        try (AuditLog audit = AuditLog.open(State.directory().auditLog(), InstantSource.system())) {
            for (AuditLine settled : Recovery.settle(audit, platform, service)) {
                System.err.println("staunch: an act was left unfinished (" + settled.act() + " to " + settled.to()
                        + "): " + settled.detail());
            }
            return rollBack(platform, audit);
        } catch (IOException | PlatformFailed e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Platform platform() {
        if (driver.program != null) {
            return new OperatorProgram(
                    driver.program.toAbsolutePath().normalize(), Path.of("").toAbsolutePath(), ASK_LIMIT);
        }
        Directories directories = Objects.requireNonNull(driver.directories);
        return new ReleaseDirectories(
                service,
                directories.home.toAbsolutePath(),
                Optional.empty(),
                new Command(directories.restart),
                jar -> Optional.empty(),
                directories
                        .events
                        .<ReleaseDirectories.ChangeSource>map(ChangeFile::new)
                        .orElse(List::of));
    }

    private int rollBack(Platform platform, AuditLog audit) throws PlatformFailed, IOException, InterruptedException {
        Releases releases = platform.releases(service);
        Release current = releases.current()
                .orElseThrow(() -> wrong(platform.name() + ": expected a release in place, found none"));
        Remedy.RollBack remedy = new Remedy.RollBack(service, current, target(releases, current));
        Clearance clearance = GuardRails.judge(remedy, situation(remedy, releases, audit));
        return switch (clearance) {
            case Clearance.Refused(var rule, var why) -> {
                System.err.println("staunch: refused (" + rule.id() + "): " + why);
                audit.append(user(), "refused", remedy, why);
                yield 1;
            }
            case Clearance.Allowed() -> dryRun ? dryRun(platform, remedy) : carryOut(platform, remedy, audit);
        };
    }

    private Release target(Releases releases, Release current) {
        if (to.isPresent()) {
            return releases.named(to.get())
                    .orElseThrow(() -> wrong("--to: expected one of the releases "
                            + releases.known().stream().map(Release::version).toList() + ", found '" + to.get() + "'"));
        }
        return releases.before(current)
                .orElseThrow(() -> wrong("expected a record of the release before " + current.version()
                        + ", found none; name the release with --to"));
    }

    private Situation situation(Remedy.RollBack remedy, Releases releases, AuditLog audit) throws IOException {
        return new Situation(
                Instant.now(),
                Mode.APPROVE,
                true,
                new Situation.Judge.Implicates(remedy.from().version()),
                Set.of(remedy.to().version()),
                audit.pastActs(),
                Budget.DEFAULT,
                new KillSwitch(State.directory().killSwitch()).thrown(),
                releases,
                true,
                Set.of(service));
    }

    private static int dryRun(Platform platform, Remedy remedy) throws PlatformFailed, InterruptedException {
        System.out.println("would " + remedy.order() + ":");
        platform.plan(remedy).forEach(step -> System.out.println("  " + step));
        return 0;
    }

    private int carryOut(Platform platform, Remedy.RollBack remedy, AuditLog audit) throws InterruptedException {
        KillSwitch killSwitch = new KillSwitch(State.directory().killSwitch());
        return switch (new LoggedAct(audit, platform, killSwitch).carryOut(remedy, user(), Duration.ofMinutes(2))) {
            case Platform.Outcome.Done(var took) -> {
                System.out.println(service + " runs release " + remedy.to().version() + " again, after "
                        + took.toMillis() + " ms");
                yield 0;
            }
            case Platform.Outcome.Failed(var why) -> failed(why);
            case Platform.Outcome.TimedOut(var limit, var step) ->
                failed(step + " (limit " + limit.toSeconds() + " s)");
        };
    }

    private static int failed(String why) {
        System.err.println("staunch: the rollback failed: " + why);
        return 1;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static String user() {
        return System.getProperty("user.name", "unknown");
    }
}
