package io.staunch.cli.soak;

import io.staunch.server.soak.Readiness;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `--ready`.
final class ReadyOption implements ITypeConverter<Readiness> {
    @Override
    public Readiness convert(String text) {
        try {
            return Readiness.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
