package io.staunch.cli;

import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The one JSON object that a command prints.
public final class Json {
    private Json() {}

    /// Indented, with a line's end behind it.
    public static String of(Map<String, Object> form) {
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(form)
                + System.lineSeparator();
    }
}
