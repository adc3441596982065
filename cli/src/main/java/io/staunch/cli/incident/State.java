package io.staunch.cli.incident;

import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The incidents of this user on this host.
final class State {
    private State() {}

    static StateDirectory directory() {
        return StateDirectory.of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static List<Incident> incidents(CommandSpec spec) {
        try {
            return new IncidentStore(directory().incidents()).all();
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /// The incident of that id, or `latest`.
    static Incident incident(CommandSpec spec, String id) {
        List<Incident> all = incidents(spec);
        return all.stream()
                .filter(incident -> id.equals("latest") || incident.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "expected the id of an incident (" + known(all) + "), found '" + id + "'"));
    }

    private static String known(List<Incident> all) {
        return all.isEmpty()
                ? "there is none yet"
                : all.stream().limit(3).map(Incident::id).collect(Collectors.joining(", "))
                        + (all.size() > 3 ? ", …" : "");
    }
}
