package io.staunch.cli.replay;

import io.staunch.cli.Unreadable;
import io.staunch.detect.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// One series of a recording: its rows in the order of time.
record RecordedSeries(String id, List<Row> rows) {
    private static final List<String> REQUIRED = List.of("id", "minute", "value");

    /// What one line says. Minutes before 0 are history.
    record Row(double minute, OptionalDouble value, OptionalDouble limit, OptionalDouble load, Optional<Event> event) {}

    /// Reads a CSV file with a header line: `id,minute,value,limit,load,event` in any order; the last three may
    /// be missing or empty.
    static List<RecordedSeries> read(Path file) throws Unreadable {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String header = lines.readLine();
            if (header == null) {
                throw new Unreadable(file + ": expected a header line id,minute,value,limit,load,event; found nothing");
            }
            Columns columns = columns(file, header);
            Map<String, List<Row>> series = new LinkedHashMap<>();
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    columns.add(series, line, file + " line " + number);
                }
            }
            List<RecordedSeries> result = new ArrayList<>();
            series.forEach((id, rows) -> {
                rows.sort(Comparator.comparingDouble(Row::minute));
                result.add(new RecordedSeries(id, rows));
            });
            return result;
        } catch (IOException e) {
            throw new Unreadable(file + ": expected a readable CSV file, found " + e.getMessage(), e);
        }
    }

    private static Columns columns(Path file, String header) throws Unreadable {
        List<String> names = List.of(
                header.toLowerCase(Locale.ROOT).strip().replace("\uFEFF", "").split("\\s*,\\s*", -1));
        if (!names.containsAll(REQUIRED)) {
            throw new Unreadable(file + ": expected the columns id,minute,value,limit,load,event; found " + header);
        }
        return new Columns(names);
    }

    private record Columns(List<String> names) {
        void add(Map<String, List<Row>> series, String line, String where) throws Unreadable {
            String[] cells = line.split(",", -1);
            if (cells.length < names.size()) {
                throw new Unreadable(where + ": expected " + names.size() + " columns, found " + cells.length);
            }
            OptionalDouble minute = number(cells, "minute", where);
            if (minute.isEmpty()) {
                throw new Unreadable(where + ": expected a minute, found none");
            }
            OptionalDouble limit = number(cells, "limit", where);
            if (limit.isPresent() && !(limit.getAsDouble() > 0)) {
                limit = OptionalDouble.empty();
            }
            Row row = new Row(
                    minute.getAsDouble(),
                    number(cells, "value", where),
                    limit,
                    number(cells, "load", where),
                    event(cells, where));
            series.computeIfAbsent(cell(cells, "id"), _ -> new ArrayList<>()).add(row);
        }

        private String cell(String[] cells, String name) {
            int column = names.indexOf(name);
            return column < 0 ? "" : cells[column].strip();
        }

        private OptionalDouble number(String[] cells, String name, String where) throws Unreadable {
            String text = cell(cells, name);
            if (text.isEmpty() || text.equalsIgnoreCase("nan")) {
                return OptionalDouble.empty();
            }
            try {
                double number = Double.parseDouble(text);
                return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
            } catch (NumberFormatException e) {
                throw new Unreadable(where + ": expected a number as " + name + ", found '" + text + "'", e);
            }
        }

        private Optional<Event> event(String[] cells, String where) throws Unreadable {
            String text = cell(cells, "event");
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "" -> Optional.empty();
                case "restart" -> Optional.of(Event.RESTART);
                case "deploy" -> Optional.of(Event.DEPLOY);
                case "migration" -> Optional.of(Event.MIGRATION);
                default ->
                    throw new Unreadable(
                            where + ": expected restart, deploy, migration or nothing as event, found '" + text + "'");
            };
        }
    }
}
