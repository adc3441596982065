package io.staunch.cli.doctor;

import io.staunch.cli.ExitCode;
import io.staunch.collect.Host;
import io.staunch.collect.HostTarget;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `staunch doctor`: looks around on this host without touching anything.
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Lists every JVM, Redis and large process here: whether it can be watched, by which way and"
                + " right, and what each step of evidence would cost it. Touches none of them.")
public final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    public Integer call() {
        List<HostTarget> targets = Host.survey();
        System.out.print(json ? DoctorJson.of(targets) : DoctorText.of(targets));
        System.out.flush();
        return ExitCode.NO_LEAK;
    }
}
