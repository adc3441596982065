package io.staunch.cli.heap;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Unreadable;
import io.staunch.diagnose.Figures;
import io.staunch.heap.Redaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `staunch heap redact IN OUT`: the same object graph without its contents.
@Command(
        name = "redact",
        mixinStandardHelpOptions = true,
        description = "Copies a heap dump with every primitive value and string blanked; the object graph stays.")
final class RedactCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "IN", description = "the heap dump")
    private Path in = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "the copy; must not exist yet")
    private Path out = Path.of("");

    @Override
    public Integer call() throws Unreadable {
        try {
            Redaction.Result result = Redaction.redact(in, out);
            System.err.printf(
                    "%s: %s of values blanked, %s copied%n",
                    out, Figures.bytes(result.blankedBytes()), Figures.bytes(result.writtenBytes()));
            return ExitCode.NO_LEAK;
        } catch (IOException e) {
            throw Dumps.unreadable(in, e);
        }
    }
}
