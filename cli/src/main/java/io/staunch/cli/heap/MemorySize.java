package io.staunch.cli.heap;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `512MiB`, `2GiB`, `800M`; without a unit, bytes.
final class MemorySize implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(?:([KMGT])(?:I?B)?|B)?");

    @Override
    public Long convert(String value) {
        Matcher form = FORM.matcher(value.strip().toUpperCase(Locale.ROOT));
        if (!form.matches()) {
            throw new TypeConversionException("expected a size such as 512MiB or 2GiB, found '" + value + "'");
        }
        String unit = form.group(2);
        int power = unit == null ? 0 : "KMGT".indexOf(unit) + 1;
        return Math.multiplyExact(Long.parseLong(form.group(1)), 1L << (10 * power));
    }
}
