package io.staunch.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// The version of the jar that runs.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("built from classes");
        return new String[] {"staunch " + version};
    }
}
