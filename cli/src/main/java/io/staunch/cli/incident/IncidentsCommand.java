package io.staunch.cli.incident;

import io.staunch.incident.Incident;
import io.staunch.incident.IncidentText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `staunch incidents`: a line each, the latest first.
@Command(name = "incidents", mixinStandardHelpOptions = true, description = "Lists what happened, the latest first.")
public final class IncidentsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<Incident> all = State.incidents(spec);
        if (all.isEmpty()) {
            System.err.println(
                    "no incidents so far (looked in " + State.directory().incidents() + ")");
        }
        all.forEach(incident -> System.out.println(IncidentText.line(incident)));
        return 0;
    }
}
