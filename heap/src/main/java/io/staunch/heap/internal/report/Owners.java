package io.staunch.heap.internal.report;

import io.staunch.heap.Libraries;
import io.staunch.heap.Library;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.TypeInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which library a class of the dump came from: class → protection domain → code source → URL → library.
final class Owners {
    private final ObjectGraph graph;
    private final ObjectReader reader;
    private final Libraries libraries;
    private final Map<String, TypeInfo> byName = new HashMap<>();

    Owners(ObjectGraph graph, Libraries libraries) {
        this.graph = graph;
        this.reader = new ObjectReader(graph);
        this.libraries = libraries;
        for (TypeInfo type : graph.types().all()) {
            byName.putIfAbsent(Families.plain(type.name()), type);
        }
    }

    /// The library of a class by its name; arrays belong to their elements' library.
    Optional<Library> of(String typeName) {
        String element = typeName.replace("[]", "");
        TypeInfo type = byName.get(element);
        return type == null ? Optional.empty() : of(type);
    }

    Optional<Library> of(TypeInfo type) {
        return codeSource(type).flatMap(libraries::of);
    }

    /// Where a class outside the JDK comes from; arrays and classes made at run time belong to what they were made for.
    Origin origin(TypeInfo type) {
        return of(type).or(() -> of(type.name().replaceFirst("\\$\\$.*", "").replace("[]", "")))
                .map(library -> new Origin(Optional.of(library)))
                .orElse(Origin.APPLICATION);
    }

    /// The URL that a class was loaded from.
    Optional<String> codeSource(TypeInfo type) {
        int domain = type.domainId() == 0 ? -1 : graph.ids().indexOf(type.domainId());
        if (domain < 0) {
            return Optional.empty();
        }
        int source = reader.reference(domain, "codesource");
        int url = source < 0 ? -1 : reader.reference(source, "location");
        if (url < 0) {
            return source < 0 ? Optional.empty() : reader.text(reader.reference(source, "locationNoFragString"));
        }
        Optional<String> protocol = reader.text(reader.reference(url, "protocol"));
        Optional<String> path =
                reader.text(reader.reference(url, "path")).or(() -> reader.text(reader.reference(url, "file")));
        return path.map(p -> protocol.orElse("file") + ":" + p);
    }

    /// Whether the JDK itself brings the class, judged by its loader and name.
    static boolean isJdk(String typeName) {
        return typeName.startsWith("java.")
                || typeName.startsWith("javax.crypto")
                || typeName.startsWith("javax.management")
                || typeName.startsWith("javax.net")
                || typeName.startsWith("javax.security")
                || typeName.startsWith("javax.naming")
                || typeName.startsWith("javax.xml")
                || typeName.startsWith("jdk.")
                || typeName.startsWith("sun.")
                || typeName.startsWith("com.sun.")
                || typeName.startsWith("org.w3c.dom")
                || typeName.startsWith("org.xml.sax")
                || isPrimitiveArray(typeName);
    }

    static String packageOf(String typeName) {
        return typeName.substring(0, Math.max(0, typeName.lastIndexOf('.')));
    }

    static boolean isPrimitiveArray(String typeName) {
        return switch (typeName.replace("[]", "")) {
            case "boolean", "byte", "char", "short", "int", "long", "float", "double" -> true;
            default -> false;
        };
    }
}
