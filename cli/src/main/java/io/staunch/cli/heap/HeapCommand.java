package io.staunch.cli.heap;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Json;
import io.staunch.cli.Unreadable;
import io.staunch.heap.Contents;
import io.staunch.heap.Finding;
import io.staunch.heap.Heap;
import io.staunch.heap.HeapHistogram;
import io.staunch.heap.HeapReport;
import io.staunch.heap.LeakSuspect;
import io.staunch.heap.OpenOptions;
import io.staunch.heap.RetainedNode;
import io.staunch.server.HeapSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `staunch heap DUMP`: what is retained by what, and what piles up.
@Command(
        name = "heap",
        mixinStandardHelpOptions = true,
        description = "Analyses a heap dump: what piles up, who holds it, which library owns it.",
        subcommands = {DiffCommand.class, RedactCommand.class},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:analysed", "2:wrong usage or unreadable input"})
public final class HeapCommand implements Callable<Integer> {
    private static final int MOST_ROWS = 1_000_000;
    /// What retains less than this share of everything is too small to draw.
    private static final double LEAST_SHARE = 0.001;

    @Parameters(arity = "0..1", paramLabel = "DUMP", description = "a heap dump (.hprof)")
    private @Nullable Path dump;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "20",
            description = "rows of each list; ${DEFAULT-VALUE} if not given")
    private int top = 20;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Option(names = "--waste", description = "also count equal strings, empty and sparse collections; takes longer")
    private boolean waste;

    @Option(
            names = "--show-values",
            description = "show some entries of what piles up as text; they may be secrets. Not in the page of --html")
    private boolean showValues;

    @Option(names = "--html", paramLabel = "FILE", description = "write a page that needs nothing else")
    private @Nullable Path html;

    @Option(names = "--histogram", description = "count by type only: one pass, no references")
    private boolean histogram;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = MemorySize.class,
            description = "most memory to hold, such as 512MiB or 2GiB; the rest goes to temporary files. "
                    + "Without it: 24 bytes an object, and no more than half of what is free")
    private @Nullable Long memory;

    @Option(
            names = "--no-cache",
            description = "neither use nor keep an index for opening the dump again. Without it one is kept for dumps "
                    + "from 16 MiB on in $XDG_CACHE_HOME/staunch/heap or ~/.cache/staunch/heap, readable by you "
                    + "alone: about 45 bytes an object, 8 GiB in all; the longest unused goes first")
    private boolean noCache;

    @Option(names = "--cache", paramLabel = "FOLDER", description = "use and keep indexes in this folder")
    private @Nullable Path cache;

    @Override
    public Integer call() throws Unreadable {
        Path file = dump;
        if (file == null) {
            throw new Unreadable("expected a heap dump, found none; staunch heap --help says more");
        }
        if (top < 0 || top > MOST_ROWS) {
            throw new Unreadable("expected --top from 0 to " + MOST_ROWS + ", found " + top);
        }
        Took took = Took.start();
        if (histogram) {
            return histogram(file, took);
        }
        try (Heap heap = Dumps.open(file, Optional.ofNullable(memory), indexes(file))) {
            heap.index().ifPresent(Indexes::sayUsed);
            HeapReport report = heap.report(top);
            report.warnings().forEach(warning -> System.err.println("staunch: warning: " + warning));
            List<Finding> spared = waste ? heap.waste() : List.of();
            Analysis analysis = new Analysis(report, spared, shown(heap, report), took.stop());
            Path page = html;
            if (page != null) {
                RetainedNode retained = heap.retained(LEAST_SHARE);
                Files.writeString(page, HeapHtml.of(analysis, retained, HeapSummary.owners(heap, retained)));
            }
            System.out.print(json ? Json.of(HeapJson.of(analysis)) : HeapText.of(analysis));
            System.out.flush();
            Indexes.keep(heap);
            return ExitCode.NO_LEAK;
        } catch (IOException e) {
            throw Dumps.unreadable(file, e);
        }
    }

    private Optional<Path> indexes(Path file) throws IOException {
        return noCache ? Optional.empty() : Indexes.folderFor(file, Optional.ofNullable(cache));
    }

    private Integer histogram(Path file, Took took) throws Unreadable {
        try {
            HeapHistogram counted = Heap.histogram(file, OpenOptions.defaults());
            counted.warnings().forEach(warning -> System.err.println("staunch: warning: " + warning));
            Took.Figures figures = took.stop();
            System.out.print(
                    json
                            ? Json.of(HistogramForm.json(counted, top, figures))
                            : HistogramForm.text(counted, top, figures));
            System.out.flush();
            return ExitCode.NO_LEAK;
        } catch (IOException e) {
            throw Dumps.unreadable(file, e);
        }
    }

    private Map<Long, Contents> shown(Heap heap, HeapReport report) {
        Map<Long, Contents> shown = new HashMap<>();
        if (showValues) {
            for (LeakSuspect suspect : report.suspects()) {
                heap.contentsOf(suspect.container(), true)
                        .ifPresent(contents -> shown.put(suspect.container(), contents));
            }
        }
        return shown;
    }
}
