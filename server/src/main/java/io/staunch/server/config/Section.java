package io.staunch.server.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// One mapping of the file with the keys that it may have. Any other key is an error from the start, so that a slip of
/// the pen never looks like a missing key. Not thread-safe.
final class Section {
    private final String file;
    private final String path;
    private final int line;
    private final Map<String, Node> values = new LinkedHashMap<>();

    private Section(String file, String path, int line) {
        this.file = file;
        this.path = path;
        this.line = line;
    }

    /// @param path what the mapping is called in messages; empty for the whole file
    /// @param keys those that it may have; none if any will do
    static Section of(String file, String path, Node node, List<String> keys) throws ConfigurationWrong {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(file, node, called(path) + ": expected keys with values, found " + kind(node));
        }
        Section section = new Section(file, path, lineOf(node));
        for (NodeTuple entry : mapping.getValue()) {
            String key = scalar(file, path, entry.getKeyNode());
            if (!keys.isEmpty() && !keys.contains(key)) {
                throw wrong(
                        file,
                        entry.getKeyNode(),
                        called(path) + ": unknown key '" + key + "'; the nearest valid one is '" + nearest(key, keys)
                                + "'");
            }
            if (section.values.put(key, entry.getValueNode()) != null) {
                throw wrong(file, entry.getKeyNode(), called(path) + ": the key '" + key + "' is there twice");
            }
        }
        return section;
    }

    /// In the order of the file.
    List<String> keys() {
        return List.copyOf(values.keySet());
    }

    /// @param read makes a value of the text, or says what it expected in an `IllegalArgumentException`
    <T> Optional<T> value(String key, Function<String, T> read) throws ConfigurationWrong {
        Node node = values.get(key);
        if (node == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(read.apply(scalar(file, child(key), node)));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationWrong(at(file, node) + child(key) + ": " + oneLine(e), e);
        }
    }

    <T> T required(String key, Function<String, T> read) throws ConfigurationWrong {
        Optional<T> value = value(key, read);
        if (value.isEmpty()) {
            throw new ConfigurationWrong(
                    file + ":" + line + ": " + called(path) + ": the key '" + key + "' is missing");
        }
        return value.get();
    }

    /// @param keys those that it may have
    Optional<Section> section(String key, List<String> keys) throws ConfigurationWrong {
        Node node = values.get(key);
        return node == null ? Optional.empty() : Optional.of(of(file, child(key), node, keys));
    }

    /// A list of mappings; empty if the key is not there.
    List<Section> sections(String key, List<String> keys) throws ConfigurationWrong {
        Node node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong(file, node, child(key) + ": expected a list, found " + kind(node));
        }
        List<Section> sections = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            sections.add(of(file, child(key) + "[" + sections.size() + "]", item, keys));
        }
        return sections;
    }

    /// A list of texts, or one text whose words they are; empty if the key is not there.
    List<String> texts(String key) throws ConfigurationWrong {
        Node node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            return List.of(scalar(file, child(key), node).strip().split("\\s+"));
        }
        List<String> texts = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            texts.add(scalar(file, child(key) + "[" + texts.size() + "]", item));
        }
        return texts;
    }

    /// An error in what the key says, for what can only be seen when all is read.
    ConfigurationWrong wrong(String key, String sentence) {
        Node node = values.get(key);
        String at = node == null ? file + ":" + line + ": " : at(file, node);
        return new ConfigurationWrong(at + child(key) + ": " + sentence);
    }

    private String child(String key) {
        return path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
    }

    private static String called(String path) {
        return path.isEmpty() ? "configuration" : path;
    }

    private static String scalar(String file, String path, Node node) throws ConfigurationWrong {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
            return scalar.getValue();
        }
        throw wrong(file, node, called(path) + ": expected one value, found " + kind(node));
    }

    private static String kind(Node node) {
        return switch (node) {
            case MappingNode _ -> "keys with values";
            case SequenceNode _ -> "a list";
            case ScalarNode scalar when scalar.getValue().isEmpty() -> "nothing";
            case ScalarNode scalar -> "'" + scalar.getValue() + "'";
            default -> "something else";
        };
    }

    private static ConfigurationWrong wrong(String file, Node node, String sentence) {
        return new ConfigurationWrong(at(file, node) + sentence);
    }

    private static String at(String file, Node node) {
        return file + ":" + lineOf(node) + ": ";
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static String oneLine(IllegalArgumentException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("expected another value");
    }

    private static String nearest(String key, List<String> keys) {
        return keys.stream()
                .min(Comparator.comparingInt(valid -> valid.startsWith(key) ? 0 : distance(key, valid)))
                .orElseThrow();
    }

    /// How many letters must be put in, left out or replaced (Levenshtein).
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
