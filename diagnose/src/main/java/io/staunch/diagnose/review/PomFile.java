package io.staunch.diagnose.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// What a `pom.xml` names itself: its direct dependencies, with versions from its own properties and dependency
/// management, and from parents beside it on disk. Nothing is fetched; transitive dependencies are not resolved.
final class PomFile {
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");
    private static final int MOST_PARENTS = 8;

    /// @param version empty where the files do not tell
    record Dependency(String group, String artifact, Optional<String> version) {
        String purl() {
            return "pkg:maven/" + group + "/" + artifact
                    + version.map(known -> "@" + known).orElse("");
        }
    }

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> managed = new HashMap<>();

    private PomFile() {}

    /// The direct dependencies that are not only for tests.
    static List<Dependency> dependencies(Path file) throws IOException {
        Element project = parse(file);
        PomFile pom = new PomFile();
        pom.learn(project, file, 0);
        List<Dependency> found = new ArrayList<>();
        for (Element dependency : children(project, "dependencies", "dependency")) {
            if (!text(dependency, "scope").equals("test")) {
                found.add(pom.dependency(dependency));
            }
        }
        return found;
    }

    private Dependency dependency(Element element) {
        String group = resolved(text(element, "groupId"));
        String artifact = resolved(text(element, "artifactId"));
        String own = resolved(text(element, "version"));
        String version = own.isEmpty() ? managed.getOrDefault(group + ":" + artifact, "") : own;
        boolean known = !version.isEmpty() && !version.contains("${") && !version.contains(",");
        return new Dependency(group, artifact, known ? Optional.of(version) : Optional.empty());
    }

    /// Takes in properties and managed versions; the file's own go before its parents'.
    private void learn(Element project, Path file, int depth) throws IOException {
        Optional<Element> parent = child(project, "parent");
        for (Element property : children(project, "properties")) {
            properties.putIfAbsent(
                    property.getTagName(), property.getTextContent().strip());
        }
        for (String key : List.of("version", "groupId")) {
            String own = text(project, key);
            String value = own.isEmpty() ? parent.map(above -> text(above, key)).orElse("") : own;
            properties.putIfAbsent("project." + key, value);
        }
        parent.ifPresent(above -> properties.putIfAbsent("project.parent.version", text(above, "version")));
        Optional<Path> above = parent.map(element -> parentFile(element, file));
        if (above.isPresent() && depth < MOST_PARENTS && Files.isRegularFile(above.get())) {
            manage(project);
            learn(parse(above.get()), above.get(), depth + 1);
        } else {
            manage(project);
        }
    }

    private void manage(Element project) {
        child(project, "dependencyManagement")
                .map(management -> children(management, "dependencies", "dependency"))
                .orElse(List.of())
                .forEach(dependency -> managed.putIfAbsent(
                        resolved(text(dependency, "groupId")) + ":" + resolved(text(dependency, "artifactId")),
                        resolved(text(dependency, "version"))));
    }

    private static Path parentFile(Element parent, Path file) {
        String relative = text(parent, "relativePath");
        Path at = file.toAbsolutePath()
                .resolveSibling(relative.isEmpty() ? "../pom.xml" : relative)
                .normalize();
        return Files.isDirectory(at) ? at.resolve("pom.xml") : at;
    }

    private String resolved(String text) {
        String resolved = text;
        for (int i = 0; i < MOST_PARENTS && resolved.contains("${"); i++) {
            resolved = PROPERTY.matcher(resolved)
                    .replaceAll(property ->
                            Matcher.quoteReplacement(properties.getOrDefault(property.group(1), property.group())));
        }
        return resolved;
    }

    private static Element parse(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Quiet());
            Document document = builder.parse(file.toFile());
            if (!document.getDocumentElement().getTagName().equals("project")) {
                throw new UnreadableInputException(file + ": expected a Maven <project>, found <"
                        + document.getDocumentElement().getTagName() + ">");
            }
            return document.getDocumentElement();
        } catch (SAXParseException e) {
            throw new UnreadableInputException(
                    file + " line " + e.getLineNumber() + ": expected a pom.xml, found " + e.getMessage(), e);
        } catch (SAXException | ParserConfigurationException e) {
            throw new UnreadableInputException(file + ": expected a pom.xml, found " + e.getMessage(), e);
        }
    }

    /// Errors are thrown, not printed.
    private static final class Quiet implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {
            // the parser goes on
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }

    private static Optional<Element> child(Element parent, String name) {
        return children(parent).stream()
                .filter(element -> element.getTagName().equals(name))
                .findFirst();
    }

    private static String text(Element parent, String name) {
        return child(parent, name)
                .map(element -> element.getTextContent().strip())
                .orElse("");
    }

    /// All elements within `list`, of the given name if there is one.
    private static List<Element> children(Element parent, String list, String... names) {
        List<Element> found = child(parent, list).map(PomFile::children).orElse(List.of());
        return found.stream()
                .filter(element -> names.length == 0 || element.getTagName().equals(names[0]))
                .toList();
    }

    private static List<Element> children(Element parent) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }
}
