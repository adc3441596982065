package io.staunch.heap;

import io.staunch.heap.internal.report.CollectionWalk;
import io.staunch.heap.internal.report.Navigator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One object of a heap: what it is, what it refers to, what it keeps alive and what keeps it. Usable until its heap is
/// closed; from one thread at a time. Two are equal when they stand for the same object of the same heap.
///
/// ```java
/// heap.instancesOf("com.shop.Session")
///         .filter(session -> session.reference("user").isEmpty())
///         .forEach(session -> System.out.println(session.path() + " keeps " + session.retained() + " bytes"));
/// ```
public final class HeapObject {
    private final Navigator navigator;
    private final int index;

    HeapObject(Navigator navigator, int index) {
        this.navigator = navigator;
        this.index = index;
    }

    /// Its address in the dumped JVM.
    public long id() {
        return navigator.graph().ids().idOf(index);
    }

    /// Its class as Java source writes it.
    public String type() {
        return navigator.graph().type(index).name();
    }

    /// Whether its class is the named one or a subclass of it.
    public boolean isA(String type) {
        return navigator.graph().type(index).isA(type);
    }

    /// Its own size in the running heap, in bytes.
    public long shallow() {
        return navigator.graph().shallow(index);
    }

    /// Bytes that would be free without it, its own included; 0 when nothing reaches it.
    public long retained() {
        return navigator.retained(index);
    }

    /// Whether strong references from a root reach it, or soft ones, or a finalizer's.
    public boolean isReachable() {
        return navigator.isReachable(index);
    }

    /// The object that a field of its class or of a superclass refers to; empty for null and for a field that it lacks.
    public Optional<HeapObject> reference(String field) {
        return wrap(navigator.reader().reference(index, field));
    }

    /// All objects that it refers to strongly, in the order of its fields or elements.
    public List<HeapObject> references() {
        return navigator.references(index).stream()
                .map(target -> new HeapObject(navigator, target))
                .toList();
    }

    /// A string's text, or a char or Latin-1 byte array's. It may be a secret.
    public Optional<String> text() {
        return navigator.reader().text(index);
    }

    /// The nearest object that it would go with; empty when only several roots together hold it, or none does.
    public Optional<HeapObject> dominator() {
        return wrap(navigator.dominator(index));
    }

    /// Fields from a root to it, by strong references as far as there are any, such as
    /// `static com.shop.SessionStore.sessions`, `java.util.HashMap.table`; empty when nothing reaches it.
    public List<String> path() {
        return navigator.path(index);
    }

    /// What is in it when it is a collection or an array of objects; see [Heap#contentsOf(long, boolean)].
    public Optional<Contents> contents() {
        return CollectionWalk.of(index, navigator.graph(), false);
    }

    private Optional<HeapObject> wrap(int object) {
        return object < 0 ? Optional.empty() : Optional.of(new HeapObject(navigator, object));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HeapObject that && that.navigator.graph() == navigator.graph() && that.index == index;
    }

    @Override
    public int hashCode() {
        return Objects.hash(System.identityHashCode(navigator.graph()), index);
    }

    /// `com.shop.Session 0x7f00a8`
    @Override
    public String toString() {
        return type() + " 0x" + Long.toHexString(id());
    }
}
