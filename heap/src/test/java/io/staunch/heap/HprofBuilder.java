package io.staunch.heap;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Builds heap dumps in memory. Ids are addresses, given out 64 bytes apart unless said otherwise; classes come with
/// java.lang.Object, java.lang.Class and java.lang.ref.SoftReference, WeakReference and FinalReference ready made.
final class HprofBuilder {
    private final int idSize;
    private final ByteArrayOutputStream top = new ByteArrayOutputStream();
    private final ByteArrayOutputStream heap = new ByteArrayOutputStream();
    private final DataOutputStream topOut = new DataOutputStream(top);
    private final DataOutputStream heapOut = new DataOutputStream(heap);
    private final Map<String, Long> strings = new HashMap<>();
    private final Map<String, Type> types = new HashMap<>();
    private long nextId;
    private int threads;
    private final long step;
    private long domain;
    private long loader;

    /// A class that was declared: its id and all reference fields, own ones first.
    record Type(long id, List<String> fields) {}

    HprofBuilder() {
        this(8, 0x7_0000_0000L, 64);
    }

    HprofBuilder(int idSize, long firstId, long step) {
        this.idSize = idSize;
        this.nextId = firstId;
        this.step = step;
        type("java.lang.Object", "", List.of());
        type("java.lang.Class", "java.lang.Object", List.of());
        type("java.lang.Object[]", "java.lang.Object", List.of());
        type("java.lang.ref.Reference", "java.lang.Object", List.of("referent"));
        for (String kind : List.of("Soft", "Weak", "Final")) {
            type("java.lang.ref." + kind + "Reference", "java.lang.ref.Reference", List.of());
        }
    }

    long newId() {
        long id = nextId;
        nextId += step;
        return id;
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void write(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void id(DataOutputStream out, long id) throws IOException {
        if (idSize == 8) {
            out.writeLong(id);
        } else {
            out.writeInt((int) id);
        }
    }

    private long string(String text) {
        return strings.computeIfAbsent(text, t -> {
            long id = 0x1000L + strings.size();
            byte[] utf8 = t.getBytes(StandardCharsets.UTF_8);
            write(() -> {
                topOut.writeByte(1);
                topOut.writeInt(0);
                topOut.writeInt(idSize + utf8.length);
                id(topOut, id);
                topOut.write(utf8);
            });
            return id;
        });
    }

    /// Declares a class with reference fields; its superclass must be declared already, or be "".
    Type type(String name, String superName, List<String> ownFields) {
        return type(name, superName, ownFields, Map.of());
    }

    /// Declares a class with static reference fields as well.
    Type type(String name, String superName, List<String> ownFields, Map<String, Long> statics) {
        long id = newId();
        long internal = string(internalName(name));
        List<String> fields = new ArrayList<>(ownFields);
        Type superType = types.get(superName);
        if (superType != null) {
            fields.addAll(superType.fields());
        }
        List<Long> names = ownFields.stream().map(this::string).toList();
        Map<Long, Long> values = new HashMap<>();
        statics.forEach((field, value) -> values.put(string(field), value));
        write(() -> {
            topOut.writeByte(2);
            topOut.writeInt(0);
            topOut.writeInt(8 + 2 * idSize);
            topOut.writeInt(types.size() + 1);
            id(topOut, id);
            topOut.writeInt(0);
            id(topOut, internal);
            heapOut.writeByte(0x20);
            id(heapOut, id);
            heapOut.writeInt(0);
            id(heapOut, superType == null ? 0 : superType.id());
            for (long one : new long[] {loader, 0, domain, 0, 0}) {
                id(heapOut, one);
            }
            heapOut.writeInt(fields.size() * idSize);
            heapOut.writeShort(0);
            heapOut.writeShort(values.size());
            for (Map.Entry<Long, Long> value : values.entrySet()) {
                id(heapOut, value.getKey());
                heapOut.writeByte(2);
                id(heapOut, value.getValue());
            }
            heapOut.writeShort(names.size());
            for (long field : names) {
                id(heapOut, field);
                heapOut.writeByte(2);
            }
        });
        Type type = new Type(id, fields);
        types.put(name, type);
        return type;
    }

    /// Classes that are declared from now on come from this jar; from nowhere if blank.
    HprofBuilder from(String jar) {
        domain = 0;
        if (!jar.isEmpty()) {
            declareOnce("java.lang.String", List.of("value"));
            declareOnce("java.security.ProtectionDomain", List.of("codesource"));
            declareOnce("java.security.CodeSource", List.of("location"));
            declareOnce("java.net.URL", List.of("protocol", "path"));
            long url = instance("java.net.URL", Map.of("protocol", javaString("file"), "path", javaString(jar)));
            long source = instance("java.security.CodeSource", Map.of("location", url));
            domain = instance("java.security.ProtectionDomain", Map.of("codesource", source));
        }
        return this;
    }

    /// Classes that are declared from now on were defined by this loader.
    HprofBuilder definedBy(long classLoader) {
        loader = classLoader;
        return this;
    }

    /// Declares a class of the boot loader unless it is declared.
    void declareOnce(String name, List<String> fields) {
        if (!types.containsKey(name)) {
            long itsDomain = domain;
            long itsLoader = loader;
            domain = 0;
            loader = 0;
            type(name, "java.lang.Object", fields);
            domain = itsDomain;
            loader = itsLoader;
        }
    }

    /// A java.lang.String.
    long javaString(String latin) {
        declareOnce("java.lang.String", List.of("value"));
        return instance("java.lang.String", Map.of("value", text(latin)));
    }

    private static String internalName(String name) {
        return name.endsWith("[]")
                ? "[L" + name.substring(0, name.length() - 2).replace('.', '/') + ";"
                : name.replace('.', '/');
    }

    Type type(String name) {
        Type type = types.get(name);
        if (type == null) {
            throw new IllegalArgumentException("expected a declared type, found " + name);
        }
        return type;
    }

    /// An instance; fields that are not given are null.
    long instance(String typeName, Map<String, Long> values) {
        return instance(newId(), typeName, values);
    }

    long instance(long id, String typeName, Map<String, Long> values) {
        Type type = type(typeName);
        write(() -> {
            heapOut.writeByte(0x21);
            id(heapOut, id);
            heapOut.writeInt(0);
            id(heapOut, type.id());
            heapOut.writeInt(type.fields().size() * idSize);
            for (String field : type.fields()) {
                id(heapOut, values.getOrDefault(field, 0L));
            }
        });
        return id;
    }

    /// An object array.
    long array(long id, List<Long> elements) {
        return array(id, "java.lang.Object[]", elements);
    }

    long array(long id, String typeName, List<Long> elements) {
        write(() -> {
            heapOut.writeByte(0x22);
            id(heapOut, id);
            heapOut.writeInt(0);
            heapOut.writeInt(elements.size());
            id(heapOut, type(typeName).id());
            for (long element : elements) {
                id(heapOut, element);
            }
        });
        return id;
    }

    long bytes(int length) {
        return text("\0".repeat(length));
    }

    /// A byte array with this text.
    long text(String latin) {
        long id = newId();
        byte[] content = latin.getBytes(StandardCharsets.ISO_8859_1);
        write(() -> {
            heapOut.writeByte(0x23);
            id(heapOut, id);
            heapOut.writeInt(0);
            heapOut.writeInt(content.length);
            heapOut.writeByte(8);
            heapOut.write(content);
        });
        return id;
    }

    /// A name that no class, field or method has, as constant pools leave them behind.
    void constant(String value) {
        string(value);
    }

    /// A root of unknown kind.
    HprofBuilder root(long id) {
        write(() -> {
            heapOut.writeByte(0xFF);
            id(heapOut, id);
        });
        return this;
    }

    /// A live thread, and the objects that variables on its stack refer to.
    HprofBuilder liveThread(long thread, long... locals) {
        int serial = ++threads;
        write(() -> {
            heapOut.writeByte(0x08);
            id(heapOut, thread);
            heapOut.writeInt(serial);
            heapOut.writeInt(0);
            for (long local : locals) {
                heapOut.writeByte(0x03);
                id(heapOut, local);
                heapOut.writeInt(serial);
                heapOut.writeInt(-1);
            }
        });
        return this;
    }

    HprofBuilder stickyClass(String typeName) {
        write(() -> {
            heapOut.writeByte(0x05);
            id(heapOut, type(typeName).id());
        });
        return this;
    }

    /// The finished dump.
    byte[] build() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(all);
        write(() -> {
            out.write("JAVA PROFILE 1.0.2\0".getBytes(StandardCharsets.US_ASCII));
            out.writeInt(idSize);
            out.writeLong(0);
            out.write(top.toByteArray());
            out.writeByte(0x1C);
            out.writeInt(0);
            out.writeInt(heap.size());
            out.write(heap.toByteArray());
            out.writeByte(0x2C);
            out.writeInt(0);
            out.writeInt(0);
        });
        return all.toByteArray();
    }

    /// The finished dump as a file.
    Path writeTo(Path folder) throws IOException {
        return Files.write(Files.createTempFile(folder, "built", ".hprof"), build());
    }
}
