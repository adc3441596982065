package io.staunch.server.web;

import io.staunch.heap.RetainedNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/// The drawing of what retains what, for pages that carry all they need within themselves.
public final class HeapMap {
    private HeapMap() {}

    /// The program that draws it, for a module script of its own: it defines `icicle`, `libraries` and `ownerOf`.
    public static String script() {
        try (InputStream in = Objects.requireNonNull(HeapMap.class.getResourceAsStream("icicle.js"), "icicle.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^export ", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What it draws, for any JSON writer.
    public static Map<String, Object> form(RetainedNode retained) {
        return Heaps.node(retained);
    }
}
