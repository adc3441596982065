package io.staunch.server.web;

import io.staunch.heap.RetainedNode;
import io.staunch.server.HeapShelf;
import io.staunch.server.HeapSummary;
import io.staunch.server.HeapSummary.Pile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What heap dumps showed, to be read: types, sizes and paths. The dumps themselves are gone, and no path here leads to
/// one.
final class Heaps {
    static final String PATH = "/api/v1/heaps";

    private final Optional<HeapShelf> shelf;

    Heaps(Optional<HeapShelf> shelf) {
        this.shelf = shelf;
    }

    /// Answers [#PATH] and what lies below it.
    Response answer(String path) {
        try {
            if (path.equals(PATH)) {
                return Response.json(list());
            }
            String id = path.substring(PATH.length() + 1);
            Optional<HeapSummary> summary = shelf.isPresent() ? shelf.get().find(id) : Optional.empty();
            return summary.map(found -> Response.json(whole(id, found)))
                    .orElseGet(() -> Response.error(404, "expected the id of a heap's summary, found none such"));
        } catch (IOException e) {
            return Response.error(500, "what heap dumps showed can't be read");
        }
    }

    private Map<String, Object> list() throws IOException {
        List<String> ids = shelf.isPresent() ? shelf.get().ids() : List.of();
        List<Map<String, Object>> heaps = new ArrayList<>();
        for (String id : ids) {
            shelf.orElseThrow().find(id).ifPresent(summary -> heaps.add(brief(id, summary)));
        }
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("schema", "staunch.heaps/1");
        form.put("heaps", heaps);
        return form;
    }

    private static Map<String, Object> brief(String id, HeapSummary summary) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("id", id);
        form.put("service", summary.service());
        form.put("target", summary.target());
        form.put("at", summary.at().toString());
        form.put("fileBytes", summary.fileBytes());
        form.put("reachableBytes", summary.retained().retained());
        return form;
    }

    private static Map<String, Object> whole(String id, HeapSummary summary) {
        Map<String, Object> form = brief(id, summary);
        form.put("piles", summary.piles().stream().map(Heaps::pile).toList());
        form.put("owners", summary.owners());
        form.put("retained", node(summary.retained()));
        return form;
    }

    private static Map<String, Object> pile(Pile pile) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("type", pile.type());
        form.put("holder", pile.holder());
        form.put("instances", pile.instances());
        form.put("retained", pile.retained());
        pile.library().ifPresent(purl -> form.put("library", purl));
        return form;
    }

    /// In short: name, count, shallow and retained bytes, kids.
    static Map<String, Object> node(RetainedNode node) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("n", node.label());
        form.put("c", node.count());
        form.put("s", node.shallow());
        form.put("r", node.retained());
        if (!node.children().isEmpty()) {
            form.put("k", node.children().stream().map(Heaps::node).toList());
        }
        return form;
    }
}
