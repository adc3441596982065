package io.staunch.cli.incident;

import io.staunch.cli.Unreadable;
import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.Postmortem;
import io.staunch.incident.PostmortemHtml;
import io.staunch.incident.PostmortemPdf;
import io.staunch.incident.TimelineCsv;
import io.staunch.incident.Tone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `staunch postmortem ID`: the incident, ready to be published.
@Command(
        name = "postmortem",
        mixinStandardHelpOptions = true,
        description = "Writes the postmortem of an incident, drawn from its record.")
public final class PostmortemCommand implements Callable<Integer> {
    /// What it can be written as.
    enum Format {
        MD,
        HTML,
        PDF,
        JSON,
        CSV;

        static final String NAMES = "md|html|pdf|json|csv";

        byte[] of(Incident incident, Tone tone) throws IOException {
            return switch (this) {
                case MD -> Postmortem.markdown(incident, tone).getBytes(StandardCharsets.UTF_8);
                case HTML -> PostmortemHtml.page(incident, tone).getBytes(StandardCharsets.UTF_8);
                case PDF -> PostmortemPdf.of(incident, tone);
                case JSON -> IncidentStore.json(incident).getBytes(StandardCharsets.UTF_8);
                case CSV -> TimelineCsv.of(incident).getBytes(StandardCharsets.UTF_8);
            };
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "as `staunch incidents` lists it, or `latest`")
    private String id = "";

    @Option(
            names = "--format",
            paramLabel = Format.NAMES,
            defaultValue = "md",
            converter = FormatName.class,
            description = "md (the default), html (one file with its plots), pdf, json, or csv (the timeline)")
    private Format format = Format.MD;

    @Option(
            names = "--tone",
            paramLabel = "plain|wry",
            defaultValue = "plain",
            converter = ToneName.class,
            description = "plain (the default) or wry")
    private Tone tone = Tone.PLAIN;

    @Option(names = "--out", paramLabel = "FILE", description = "where to; otherwise to standard output")
    private Optional<Path> out = Optional.empty();

    @Override
    public Integer call() throws Unreadable {
        Incident incident = State.incident(spec, id);
        if (format == Format.PDF && out.isEmpty() && isTerminal()) {
            throw new Unreadable("--format pdf: expected --out FILE or a redirected output, found a terminal");
        }
        try {
            byte[] written = format.of(incident, tone);
            if (out.isPresent()) {
                Files.write(out.get(), written);
            } else {
                System.out.writeBytes(written);
                System.out.flush();
            }
        } catch (IOException e) {
            throw new Unreadable("the postmortem of " + incident.id() + " can't be written: " + e.getMessage(), e);
        }
        return 0;
    }

    @SuppressWarnings("SystemConsoleNull") // absent when input or output is no terminal
    private static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    static final class FormatName implements ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "md" -> Format.MD;
                case "html" -> Format.HTML;
                case "pdf" -> Format.PDF;
                case "json" -> Format.JSON;
                case "csv" -> Format.CSV;
                default ->
                    throw new TypeConversionException("expected md, html, pdf, json or csv, found '" + text + "'");
            };
        }
    }

    static final class ToneName implements ITypeConverter<Tone> {
        @Override
        public Tone convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "plain" -> Tone.PLAIN;
                case "wry" -> Tone.WRY;
                default -> throw new TypeConversionException("expected plain or wry, found '" + text + "'");
            };
        }
    }
}
