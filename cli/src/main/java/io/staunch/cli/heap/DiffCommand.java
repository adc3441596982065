package io.staunch.cli.heap;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Json;
import io.staunch.cli.Unreadable;
import io.staunch.heap.Heap;
import io.staunch.heap.HeapDiff;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `staunch heap diff OLD NEW`: what grew between two dumps of one program, and who holds it.
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Says what grew between two heap dumps of one program, and who holds it.")
final class DiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "OLD", description = "the earlier dump")
    private Path older = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "the later dump")
    private Path newer = Path.of("");

    @Option(names = "--top", paramLabel = "N", defaultValue = "20", description = "rows of each list")
    private int top = 20;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    public Integer call() throws Unreadable {
        Took took = Took.start();
        Path at = older;
        try (Heap before = Dumps.open(older)) {
            at = newer;
            try (Heap after = Dumps.open(newer)) {
                HeapDiff diff = HeapDiff.between(before, after, top);
                System.out.print(json ? Json.of(DiffJson.of(diff, took.stop())) : DiffText.of(diff));
                System.out.flush();
            }
        } catch (IOException e) {
            throw Dumps.unreadable(at, e);
        }
        return ExitCode.NO_LEAK;
    }
}
