package io.staunch.cli.incident;

import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.Postmortem;
import io.staunch.incident.Tone;
import java.util.Locale;
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
        JSON
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "as `staunch incidents` lists it, or `latest`")
    private String id = "";

    @Option(
            names = "--format",
            paramLabel = "md|json",
            defaultValue = "md",
            converter = FormatName.class,
            description = "md (the default) or json")
    private Format format = Format.MD;

    @Option(
            names = "--tone",
            paramLabel = "plain|wry",
            defaultValue = "plain",
            converter = ToneName.class,
            description = "plain (the default) or wry")
    private Tone tone = Tone.PLAIN;

    @Override
    public Integer call() {
        Incident incident = State.incident(spec, id);
        System.out.print(
                switch (format) {
                    case MD -> Postmortem.markdown(incident, tone);
                    case JSON -> IncidentStore.json(incident);
                });
        System.out.flush();
        return 0;
    }

    static final class FormatName implements ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "md" -> Format.MD;
                case "json" -> Format.JSON;
                default -> throw new TypeConversionException("expected md or json, found '" + text + "'");
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
