package io.staunch.heap.internal.report;

import io.staunch.heap.internal.bytes.DumpBytes;
import io.staunch.heap.internal.bytes.Tags;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.FieldInfo;
import io.staunch.heap.internal.index.Root;
import io.staunch.heap.internal.index.TypeInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Reads single objects' fields from the dump. For the few objects that a report names; each call costs a look-up.
public final class ObjectReader {
    private static final int LONGEST_TEXT = 1 << 16;
    private static final int LONGEST_SHOWN = 80;

    private final ObjectGraph graph;
    private final DumpBytes bytes;

    public ObjectReader(ObjectGraph graph) {
        this.graph = graph;
        this.bytes = graph.bytes();
    }

    /// Position of a field's value; `declarer` is the class that declares it.
    private OptionalLong fieldPosition(int object, String declarer, String field) {
        long at = dataOf(object);
        for (TypeInfo type = graph.type(object); type != null; type = type.superType()) {
            for (FieldInfo one : type.fields()) {
                if (one.name().equals(field)
                        && (declarer.isEmpty() || type.name().equals(declarer))) {
                    return OptionalLong.of(at);
                }
                at += Math.max(0, Tags.width(one.basicType(), bytes.idSize()));
            }
        }
        return OptionalLong.empty();
    }

    private long dataOf(int object) {
        return graph.position(object) + 9 + 2L * bytes.idSize();
    }

    private boolean isInstance(int object) {
        return bytes.u1(graph.position(object)) == Tags.INSTANCE;
    }

    /// The object that a reference field holds; -1 when it is null, or there is no such field.
    public int reference(int object, String field) {
        if (!isInstance(object)) {
            return -1;
        }
        OptionalLong at = fieldPosition(object, "", field);
        return at.isEmpty() ? -1 : graph.ids().indexOf(bytes.id(at.getAsLong()));
    }

    /// The value of an int field.
    public Optional<Integer> number(int object, String field) {
        if (!isInstance(object)) {
            return Optional.empty();
        }
        OptionalLong at = fieldPosition(object, "", field);
        return at.isEmpty() ? Optional.empty() : Optional.of(bytes.s4(at.getAsLong()));
    }

    /// What an instance's reference fields hold, in the order of its fields; nulls are left out.
    List<Integer> references(int object) {
        List<Integer> targets = new ArrayList<>();
        if (!isInstance(object)) {
            return targets;
        }
        long at = dataOf(object);
        for (TypeInfo type = graph.type(object); type != null; type = type.superType()) {
            for (FieldInfo field : type.fields()) {
                int target = field.isReference() ? graph.ids().indexOf(bytes.id(at)) : -1;
                if (target >= 0) {
                    targets.add(target);
                }
                at += Math.max(0, Tags.width(field.basicType(), bytes.idSize()));
            }
        }
        return targets;
    }

    /// Tells each object that an array holds, in order, until the visitor has had enough and says `false`; empty
    /// places are skipped.
    void eachElement(int array, IntPredicate visitor) {
        int places = places(array);
        for (int i = 0; i < places; i++) {
            int element = place(array, i);
            if (element >= 0 && !visitor.test(element)) {
                return;
            }
        }
    }

    /// An object array's places up to so many; -1 for an empty one.
    List<Integer> elements(int array, int most) {
        return IntStream.range(0, Math.min(most, places(array)))
                .mapToObj(i -> place(array, i))
                .toList();
    }

    private int places(int array) {
        return bytes.u1(graph.position(array)) == Tags.OBJECT_ARRAY ? length(array) : 0;
    }

    private int place(int array, int number) {
        long id = bytes.id(graph.position(array) + 9 + (2L + number) * bytes.idSize());
        return id == 0 ? -1 : graph.ids().indexOf(id);
    }

    /// An array's length.
    int length(int array) {
        return bytes.s4(graph.position(array) + 5 + bytes.idSize());
    }

    /// A hash of a primitive array's content, of 64 bits: equal for equal content, and hardly ever for other.
    long contentHash(int array) {
        long at = graph.position(array);
        int length = length(array);
        int width = Tags.width(bytes.u1(at + 9 + bytes.idSize()), bytes.idSize());
        long data = at + 10 + bytes.idSize();
        long hash = 0xCBF2_9CE4_8422_2325L ^ length;
        for (long i = 0; i < (long) length * width; i++) {
            hash = (hash ^ bytes.u1(data + i)) * 0x9E37_79B9_7F4A_7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    /// An object's value for people: text in quotes, a boxed number, else its type and address.
    String show(int object) {
        if (object < 0) {
            return "null";
        }
        TypeInfo type = graph.type(object);
        if (type.name().equals("java.lang.String")) {
            String text = text(object).orElse("");
            return '"' + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text) + '"';
        }
        Optional<String> number = boxed(object, type);
        return number.orElseGet(() -> Families.plain(type.name()) + " 0x"
                + Long.toHexString(graph.ids().idOf(object)));
    }

    private Optional<String> boxed(int object, TypeInfo type) {
        OptionalLong at = switch (type.name()) {
            case "java.lang.Integer", "java.lang.Long", "java.lang.Boolean", "java.lang.Double" ->
                fieldPosition(object, type.name(), "value");
            default -> OptionalLong.empty();
        };
        if (at.isEmpty()) {
            return Optional.empty();
        }
        long position = at.getAsLong();
        long high = bytes.s4(position);
        return Optional.of(
                switch (type.name()) {
                    case "java.lang.Integer" -> String.valueOf(high);
                    case "java.lang.Boolean" -> String.valueOf(bytes.s1(position) != 0);
                    case "java.lang.Double" -> String.valueOf(Double.longBitsToDouble(s8(position)));
                    default -> String.valueOf(s8(position));
                });
    }

    private long s8(long position) {
        return ((long) bytes.s4(position) << 32) | (bytes.s4(position + 4) & 0xFFFF_FFFFL);
    }

    /// The text of a java.lang.String, or of a char or Latin-1 byte array.
    public Optional<String> text(int string) {
        if (string < 0) {
            return Optional.empty();
        }
        if (!isInstance(string)) {
            return arrayText(string, false);
        }
        int value = reference(string, "value");
        OptionalLong coder = fieldPosition(string, "", "coder");
        return value < 0 ? Optional.empty() : arrayText(value, coder.isPresent() && bytes.s1(coder.getAsLong()) == 1);
    }

    private Optional<String> arrayText(int array, boolean utf16) {
        long at = graph.position(array);
        if (bytes.u1(at) != Tags.PRIMITIVE_ARRAY) {
            return Optional.empty();
        }
        int length = Math.min(LONGEST_TEXT, bytes.s4(at + 5 + bytes.idSize()));
        int type = bytes.u1(at + 9 + bytes.idSize());
        long data = at + 10 + bytes.idSize();
        return switch (type) {
            case Tags.CHAR -> Optional.of(new String(bytes.copy(data, 2L * length), StandardCharsets.UTF_16BE));
            case Tags.BYTE ->
                Optional.of(new String(
                        bytes.copy(data, length), utf16 ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1));
            default -> Optional.empty();
        };
    }

    /// A thread's name.
    public String threadName(int thread) {
        int name = reference(thread, "name");
        if (name < 0) {
            int holder = reference(thread, "holder");
            name = holder < 0 ? -1 : reference(holder, "name");
        }
        return text(name).orElse("unnamed");
    }

    /// How one object refers to another: `com.shop.Store.sessions`, `static com.shop.Store.ALL`,
    /// `thread "main" local in com.shop.Main.run`; empty for an array's element.
    public String label(int from, int to) {
        TypeInfo type = graph.type(from);
        int tag = bytes.u1(graph.position(from));
        if (tag == Tags.OBJECT_ARRAY) {
            return "";
        }
        if (tag == Tags.CLASS_DUMP) {
            return staticLabel(from, to);
        }
        long wanted = graph.ids().idOf(to);
        long at = dataOf(from);
        for (TypeInfo declarer = type; declarer != null; declarer = declarer.superType()) {
            for (FieldInfo field : declarer.fields()) {
                if (field.isReference() && bytes.id(at) == wanted) {
                    return Families.plain(declarer.name()) + "." + field.name();
                }
                at += Math.max(0, Tags.width(field.basicType(), bytes.idSize()));
            }
        }
        if (graph.threads().holds(from, to)) {
            return localLabel(from, to);
        }
        return "class of " + Families.plain(type.name());
    }

    /// The field by which one object refers to another; empty for an array's element and for what is no field.
    public String fieldName(int from, int to) {
        return fieldTo(from, to).map(FieldInfo::name).orElse("");
    }

    private Optional<FieldInfo> fieldTo(int from, int to) {
        int tag = bytes.u1(graph.position(from));
        long wanted = graph.ids().idOf(to);
        if (tag == Tags.CLASS_DUMP) {
            return graph.types().ofClass(graph.ids().idOf(from)).statics().stream()
                    .filter(field -> field.isReference() && bytes.id(field.offset()) == wanted)
                    .findFirst();
        }
        long at = dataOf(from);
        for (TypeInfo type = graph.type(from); type != null && tag == Tags.INSTANCE; type = type.superType()) {
            for (FieldInfo field : type.fields()) {
                if (field.isReference() && bytes.id(at) == wanted) {
                    return Optional.of(field);
                }
                at += Math.max(0, Tags.width(field.basicType(), bytes.idSize()));
            }
        }
        return Optional.empty();
    }

    /// The class that declares the field by which one object refers to another; empty when no field does.
    Optional<TypeInfo> declarer(int from, int to) {
        if (bytes.u1(graph.position(from)) == Tags.CLASS_DUMP) {
            return Optional.of(typeItself(from));
        }
        Optional<FieldInfo> field = fieldTo(from, to);
        for (TypeInfo type = graph.type(from); type != null && field.isPresent(); type = type.superType()) {
            if (type.fields().contains(field.get())) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /// The class that a class object stands for; any other object's own.
    TypeInfo typeItself(int object) {
        return bytes.u1(graph.position(object)) == Tags.CLASS_DUMP
                ? graph.types().ofClass(graph.ids().idOf(object))
                : graph.type(object);
    }

    /// The class of the method whose local variable holds an object on a thread's stack.
    Optional<TypeInfo> frameType(int thread, int local) {
        return graph.threads().holds(thread, local)
                ? frame(thread, local).flatMap(method -> typeNamed(method.substring(0, method.lastIndexOf('.'))))
                : Optional.empty();
    }

    private Optional<TypeInfo> typeNamed(String name) {
        return graph.types().all().stream()
                .filter(type -> type.name().equals(name))
                .findFirst();
    }

    private String staticLabel(int classObject, int to) {
        TypeInfo described = graph.types().ofClass(graph.ids().idOf(classObject));
        long wanted = graph.ids().idOf(to);
        for (FieldInfo field : described.statics()) {
            if (field.isReference() && bytes.id(field.offset()) == wanted) {
                return "static " + Families.plain(described.name()) + "." + field.name();
            }
        }
        return "class " + Families.plain(described.name());
    }

    private String localLabel(int thread, int local) {
        String label = "thread \"" + threadName(thread) + "\" local";
        return frame(thread, local).map(method -> label + " in " + method).orElse(label);
    }

    /// The method whose local variable holds an object on a thread's stack.
    private Optional<String> frame(int thread, int local) {
        Optional<Root> root = graph.threads().rootOf(thread, local);
        Optional<Integer> trace = graph.threads().traceOf(thread);
        if (root.isEmpty() || trace.isEmpty() || root.get().frame() < 0) {
            return Optional.empty();
        }
        List<String> methods = graph.outline().methods(trace.get());
        int frame = root.get().frame();
        return frame < methods.size() ? Optional.of(methods.get(frame)) : Optional.empty();
    }

    /// What an object is when its type does not say enough: the class or thread that it stands for.
    public String describe(int object) {
        TypeInfo type = graph.type(object);
        if (bytes.u1(graph.position(object)) == Tags.CLASS_DUMP) {
            return graph.types().ofClass(graph.ids().idOf(object)).name();
        }
        return type.isA("java.lang.Thread") ? "\"" + threadName(object) + "\"" : "";
    }
}
