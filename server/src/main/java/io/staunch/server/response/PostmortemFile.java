package io.staunch.server.response;

import io.staunch.incident.Incident;
import io.staunch.incident.Postmortem;
import io.staunch.incident.StateDirectory;
import io.staunch.incident.Tone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The postmortem of a closed incident, as a file beside the others.
public final class PostmortemFile {
    private PostmortemFile() {}

    public static Path write(Incident incident, StateDirectory state) throws IOException {
        Files.createDirectories(state.postmortems());
        Path file = state.postmortems().resolve(incident.id() + ".md");
        Files.writeString(file, Postmortem.markdown(incident, Tone.PLAIN));
        return file;
    }
}
