package io.staunch.verify.heap;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// Writes heap dumps of one plain shape, which end a recursion or a quadratic search: `ShapeGenerator FILE SHAPE
/// COUNT`. Shapes are `list` (each object knows the next), `star` (one array knows all) and `random` (each object
/// knows two that were drawn; about four in five can be reached from the first).
public final class ShapeGenerator {
    private static final long FIRST = 0x7_0000_0000L;
    private static final int STEP = 24;
    private static final long OBJECT_CLASS = FIRST - 8 * STEP;
    private static final long ARRAY_CLASS = FIRST - 7 * STEP;
    private static final long NODE_CLASS = FIRST - 6 * STEP;
    private static final long LOG_CLASS = FIRST - 5 * STEP;
    private static final long STAR = FIRST - 4 * STEP;
    private static final long NAMES = 0x1000;
    private static final int NODE_BYTES = 8 + 4 + 8 + 4 + 1 + 2 * 8;
    private static final int NODES_A_SEGMENT = 1 << 20;

    private final DataOutputStream out;
    private final String shape;
    private final int count;
    private final SplittableRandom random = new SplittableRandom(1);

    private ShapeGenerator(DataOutputStream out, String shape, int count) {
        this.out = out;
        this.shape = shape;
        this.count = count;
    }

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
            new ShapeGenerator(out, args[1], Integer.parseInt(args[2])).write();
        }
        System.out.println(file + " " + Files.size(file));
    }

    private void write() throws IOException {
        out.write("JAVA PROFILE 1.0.2\0".getBytes(StandardCharsets.US_ASCII));
        out.writeInt(8);
        out.writeLong(0);
        String[] names = {
            "java/lang/Object", "[Ljava/lang/Object;", "com/shop/Visit", "com/shop/Log", "before", "other", "ALL"
        };
        for (int i = 0; i < names.length; i++) {
            byte[] text = names[i].getBytes(StandardCharsets.US_ASCII);
            record(1, 8 + text.length);
            out.writeLong(NAMES + i);
            out.write(text);
        }
        long[] classes = {OBJECT_CLASS, ARRAY_CLASS, NODE_CLASS, LOG_CLASS};
        for (int i = 0; i < classes.length; i++) {
            record(2, 24);
            out.writeInt(i + 1);
            out.writeLong(classes[i]);
            out.writeInt(0);
            out.writeLong(NAMES + i);
        }
        classes(classes);
        if (shape.equals("star")) {
            star();
        }
        for (int from = 0; from < count; from += NODES_A_SEGMENT) {
            int to = Math.min(count, from + NODES_A_SEGMENT);
            record(0x1C, (to - from) * NODE_BYTES);
            for (int i = from; i < to; i++) {
                node(i);
            }
        }
        record(0x2C, 0);
    }

    private void record(int tag, int length) throws IOException {
        out.writeByte(tag);
        out.writeInt(0);
        out.writeInt(length);
    }

    /// All classes are roots; the log holds the first object, or the array.
    private void classes(long[] classes) throws IOException {
        int plain = 1 + 8 + 4 + 6 * 8 + 4 + 2 + 2 + 2;
        record(0x1C, classes.length * (plain + 9) + 2 * 9 + 17);
        for (long one : classes) {
            out.writeByte(0x20);
            out.writeLong(one);
            out.writeInt(0);
            out.writeLong(one == OBJECT_CLASS ? 0 : OBJECT_CLASS);
            for (int i = 0; i < 5; i++) {
                out.writeLong(0);
            }
            out.writeInt(one == NODE_CLASS ? 16 : 0);
            out.writeShort(0);
            out.writeShort(one == LOG_CLASS ? 1 : 0);
            if (one == LOG_CLASS) {
                out.writeLong(NAMES + 6);
                out.writeByte(2);
                out.writeLong(shape.equals("star") ? STAR : address(0));
            }
            out.writeShort(one == NODE_CLASS ? 2 : 0);
            for (int i = 0; i < (one == NODE_CLASS ? 2 : 0); i++) {
                out.writeLong(NAMES + 4 + i);
                out.writeByte(2);
            }
            out.writeByte(0x05);
            out.writeLong(one);
        }
    }

    private void star() throws IOException {
        record(0x1C, 1 + 8 + 4 + 4 + 8 + 8 * count);
        out.writeByte(0x22);
        out.writeLong(STAR);
        out.writeInt(0);
        out.writeInt(count);
        out.writeLong(ARRAY_CLASS);
        for (int i = 0; i < count; i++) {
            out.writeLong(address(i));
        }
    }

    private static long address(long number) {
        return FIRST + number * STEP;
    }

    private void node(int number) throws IOException {
        out.writeByte(0x21);
        out.writeLong(address(number));
        out.writeInt(0);
        out.writeLong(NODE_CLASS);
        out.writeInt(16);
        switch (shape) {
            case "list" -> references(number + 1 < count ? address(number + 1) : 0, 0);
            case "star" -> references(0, 0);
            case "random" -> references(address(random.nextInt(count)), address(random.nextInt(count)));
            default -> throw new IllegalArgumentException("expected list, star or random, found " + shape);
        }
    }

    private void references(long before, long other) throws IOException {
        out.writeLong(before);
        out.writeLong(other);
    }
}
