package io.staunch.verify.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The command `./staunch`, in whose directory everything here is run.
final class Launcher {
    static final Path FILE = Path.of("staunch");
    private static final Pattern OF_WATCH = Pattern.compile("= watch \\]; then(.*?)\nfi", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("-X[^\\s\"]+");

    private Launcher() {}

    /// The options that it gives the daemon's JVM.
    static List<String> daemonOptions() throws IOException {
        Matcher found = OF_WATCH.matcher(Files.readString(FILE));
        if (!found.find()) {
            throw new IOException(FILE + ": expected the options of watch, found none");
        }
        return Stream.concat(
                        Stream.of("-XX:+UseSerialGC"),
                        OPTION.matcher(found.group(1)).results().map(MatchResult::group))
                .toList();
    }
}
