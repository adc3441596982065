package io.staunch.server.web;

import io.staunch.server.Deployed;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A release in JSON: three plain fields, or a CDEvent that tells of a service deployed, upgraded or rolled back, alone
/// or as the data of a CloudEvent. What can't be read is an `IllegalArgumentException` that says what was expected.
final class ReleaseForm {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> PLAIN = Set.of("service", "version", "at");
    private static final Pattern CD_EVENT =
            Pattern.compile("dev\\.cdevents\\.service\\.(deployed|upgraded|rolledback)\\.\\d+\\.\\d+\\.\\d+\\S*");
    /// `pkg:type/namespace/name@version?qualifiers#path`
    private static final Pattern PURL = Pattern.compile("pkg:[^@]+@([^?#]+).*");

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private ReleaseForm() {}

    static Map<String, Object> of(Deployed release) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("service", release.service());
        form.put("version", release.version());
        form.put("at", release.since().toString());
        form.put("source", release.source());
        return form;
    }

    static Map<String, Object> of(List<Deployed> releases) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("schema", "staunch.releases/1");
        form.put("releases", releases.stream().map(ReleaseForm::of).toList());
        return form;
    }

    /// @param from who tells
    static Deployed read(String body, String from, Instant now) {
        JsonNode root = tree(body);
        JsonNode event = root.path("data").has("context") ? root.path("data") : root;
        return event.has("context") ? cdEvent(event, from, now) : plain(root, from, now);
    }

    private static JsonNode tree(String body) {
        try {
            JsonNode root = JSON.readTree(body);
            if (root.isObject()) {
                return root;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("expected a JSON object, found something else", e);
        }
        throw new IllegalArgumentException("expected a JSON object, found something else");
    }

    private static Deployed plain(JsonNode root, String from, Instant now) {
        Set<String> unknown = new TreeSet<>(root.propertyNames());
        unknown.removeAll(PLAIN);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected service, version and at, found also " + unknown.size() + " other fields");
        }
        return new Deployed(text(root, "service"), text(root, "version"), time(root, "at", now), from);
    }

    private static Deployed cdEvent(JsonNode event, String from, Instant now) {
        JsonNode context = event.path("context");
        Matcher type = CD_EVENT.matcher(text(context, "type"));
        if (!type.matches()) {
            throw new IllegalArgumentException(
                    "context.type: expected dev.cdevents.service.deployed, upgraded or rolledback, found another");
        }
        JsonNode subject = event.path("subject");
        Matcher artifact = PURL.matcher(text(subject.path("content"), "artifactId"));
        if (!artifact.matches()) {
            throw new IllegalArgumentException("artifactId: expected a package URL with a version, found another text");
        }
        return new Deployed(
                text(subject, "id"),
                URLDecoder.decode(artifact.group(1).replace("+", "%2B"), StandardCharsets.UTF_8),
                time(context, "timestamp", now),
                from + ", CDEvent " + type.group(1));
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isString()) {
            throw new IllegalArgumentException(field + ": expected a text, found none");
        }
        return value.asString();
    }

    private static Instant time(JsonNode node, String field, Instant now) {
        if (!node.has(field)) {
            return now;
        }
        Instant at;
        try {
            at = OffsetDateTime.parse(text(node, field)).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    field + ": expected a time such as 2026-03-01T10:00:00Z, found another text", e);
        }
        if (at.isAfter(now.plus(CLOCKS_DIFFER))) {
            throw new IllegalArgumentException(field + ": expected a time that has come, found one to come");
        }
        return at;
    }
}
