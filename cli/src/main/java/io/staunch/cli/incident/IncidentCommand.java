package io.staunch.cli.incident;

import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.IncidentText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `staunch incident ID`: one incident for the terminal.
@Command(
        name = "incident",
        mixinStandardHelpOptions = true,
        description = "Shows one incident: the cause, what it is not, what was done, and when.")
public final class IncidentCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "as `staunch incidents` lists it, or `latest`")
    private String id = "";

    @Option(names = "--json", description = "print the record as one JSON object")
    private boolean json;

    @Override
    public Integer call() {
        Incident incident = State.incident(spec, id);
        System.out.print(json ? IncidentStore.json(incident) : IncidentText.page(incident));
        System.out.flush();
        return 0;
    }
}
