package io.staunch.cli.replay;

import io.staunch.cli.Unreadable;
import io.staunch.detect.Event;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// A CSV file, gzipped or not, read row by row: a header line `id,minute,value,limit,load,event` in any order, of which
/// the last three may be missing and all but `minute` may be empty. Other columns are ignored. Memory: one line.
final class Recording {
    private static final String COLUMNS = "id,minute,value,limit,load,event";
    private static final int ID = 0;
    private static final int MINUTE = 1;
    private static final int VALUE = 2;
    private static final int LIMIT = 3;
    private static final int LOAD = 4;
    private static final int EVENT = 5;

    private final Path file;
    /// Where each of [#COLUMNS] stands in a line; −1 for one that is missing.
    private final int[] place;
    private final int width;
    private long number = 1;

    /// Takes each row with its series' id.
    interface Rows {
        void row(String id, Row row);
    }

    private Recording(Path file, String header) throws Unreadable {
        this.file = file;
        List<String> names = Arrays.stream(cells(header.replace("\uFEFF", "")))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        width = names.size();
        place = Arrays.stream(COLUMNS.split(",", -1)).mapToInt(names::indexOf).toArray();
        if (place[ID] < 0 || place[MINUTE] < 0 || place[VALUE] < 0) {
            throw new Unreadable(file + ": expected a header line " + COLUMNS + ", found '" + shortened(header) + "'");
        }
    }

    static void read(Path file, Rows rows) throws Unreadable {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8), 1 << 16)) {
            String header = lines.readLine();
            if (header == null) {
                throw new Unreadable(file + ": expected a header line " + COLUMNS + ", found an empty file");
            }
            Recording recording = new Recording(file, header);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                recording.number++;
                if (!line.isBlank()) {
                    recording.take(line, rows);
                }
            }
        } catch (NoSuchFileException e) {
            throw new Unreadable(file + ": expected a CSV file, found none", e);
        } catch (IOException e) {
            throw new Unreadable(file + ": expected a readable CSV file, found " + e.getMessage(), e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("a directory");
        }
        BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            bytes.mark(2);
            boolean zipped = bytes.read() == 0x1f && bytes.read() == 0x8b;
            bytes.reset();
            return zipped ? new GZIPInputStream(bytes, 1 << 16) : bytes;
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private void take(String line, Rows rows) throws Unreadable {
        String[] cells = cells(line);
        if (cells.length < width) {
            throw wrong(width + " columns", cells.length + " in '" + shortened(line) + "'");
        }
        double minute = number(cells, MINUTE);
        if (Double.isNaN(minute)) {
            throw wrong("a minute", "none in '" + shortened(line) + "'");
        }
        double limit = number(cells, LIMIT);
        rows.row(
                cell(cells, ID),
                new Row(
                        minute,
                        number(cells, VALUE),
                        limit > 0 ? limit : Double.NaN,
                        number(cells, LOAD),
                        event(cell(cells, EVENT))));
    }

    private static String[] cells(String line) {
        String[] cells = line.split(",", -1);
        for (int i = 0; i < cells.length; i++) {
            String cell = cells[i].strip();
            boolean quoted = cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"");
            cells[i] = quoted ? cell.substring(1, cell.length() - 1) : cell;
        }
        return cells;
    }

    private String cell(String[] cells, int column) {
        return place[column] < 0 ? "" : cells[place[column]];
    }

    private double number(String[] cells, int column) throws Unreadable {
        String text = cell(cells, column);
        if (text.isEmpty() || text.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? number : Double.NaN;
        } catch (NumberFormatException e) {
            throw wrong("a number as " + COLUMNS.split(",", -1)[column], "'" + shortened(text) + "'");
        }
    }

    private Optional<Event> event(String text) throws Unreadable {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> Optional.empty();
            case "restart" -> Optional.of(Event.RESTART);
            case "deploy" -> Optional.of(Event.DEPLOY);
            case "migration" -> Optional.of(Event.MIGRATION);
            default -> throw wrong("restart, deploy, migration or nothing as event", "'" + shortened(text) + "'");
        };
    }

    private Unreadable wrong(String expected, String found) {
        return new Unreadable(file + " line " + number + ": expected " + expected + ", found " + found);
    }

    private static String shortened(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= 60 ? clean : clean.substring(0, 57) + "...";
    }
}
