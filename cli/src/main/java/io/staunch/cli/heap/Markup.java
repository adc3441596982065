package io.staunch.cli.heap;

import io.staunch.diagnose.Figures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/// Writes a page: markup as it is, text escaped.
final class Markup {
    private final StringBuilder page = new StringBuilder();

    /// A file that lies beside this class.
    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Markup.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Markup raw(String markup) {
        page.append(markup);
        return this;
    }

    Markup text(String text) {
        raw(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;"));
        return this;
    }

    /// Starts a table that can be sorted by each of its columns; the first is sorted already.
    void head(String id, String... columns) {
        raw("<div class=\"scroll\"><table class=\"sortable\" id=\"" + id + "\"><thead><tr>");
        for (String column : columns) {
            raw(column.equals(columns[0]) ? "<th aria-sort=\"descending\">" : "<th>")
                    .text(column)
                    .raw("</th>");
        }
        raw("</tr></thead><tbody>");
    }

    Markup bytes(long bytes) {
        return raw("<td data-n=\"" + bytes + "\">").text(Figures.bytes(bytes)).raw("</td>");
    }

    Markup count(long count) {
        return raw("<td data-n=\"" + count + "\">").text(Figures.count(count)).raw("</td>");
    }

    Markup name(String name) {
        return raw("<td class=\"name\">").text(name).raw("</td>");
    }

    /// JSON that may stand in a script element.
    Markup json(Object value) {
        return raw(JsonMapper.shared().writeValueAsString(value).replace("<", "\\u003c"));
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
