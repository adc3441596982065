package io.staunch.verify.heap;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a HotSpot dump says that NetBeans' profiler library does not tell: the signers and the protection domain of
/// each class, and which thread has an object on its stack, for JNI locals too. Ids are those of the dump. One pass.
final class PeerRecords {
    private static final int HEAP_DUMP = 0x0C;
    private static final int HEAP_DUMP_SEGMENT = 0x1C;
    private static final int OBJECT = 2;

    private final DataInputStream in;
    private final int idSize;
    private long left;
    private final Map<Long, List<Long>> domains = new HashMap<>();
    private final Map<Integer, Long> threads = new HashMap<>();
    private final List<Local> locals = new ArrayList<>();

    /// An object on the stack of the thread with this serial number.
    record Local(long id, int thread) {}

    private PeerRecords(DataInputStream in) throws IOException {
        this.in = in;
        while (in.readByte() != 0) {
            // the format's name, up to a zero
        }
        this.idSize = in.readInt();
        in.skipNBytes(8);
    }

    static PeerRecords read(Path dump) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(dump), 1 << 20))) {
            PeerRecords records = new PeerRecords(in);
            for (int tag = in.read(); tag >= 0; tag = in.read()) {
                in.skipNBytes(4);
                records.left = in.readInt() & 0xFFFF_FFFFL;
                if (tag == HEAP_DUMP || tag == HEAP_DUMP_SEGMENT) {
                    while (records.left > 0) {
                        records.subRecord();
                    }
                } else {
                    in.skipNBytes(records.left);
                }
            }
            return records;
        }
    }

    /// Signers and protection domains by class id; classes with neither are left out.
    Map<Long, List<Long>> domains() {
        return domains;
    }

    /// Thread objects by serial number.
    Map<Integer, Long> threads() {
        return threads;
    }

    List<Local> locals() {
        return locals;
    }

    private void subRecord() throws IOException {
        int tag = (int) number(1);
        switch (tag) {
            case 0xFF, 0x05, 0x07 -> skip(idSize);
            case 0x01 -> skip(2L * idSize);
            case 0x02, 0x03 -> {
                locals.add(new Local(number(idSize), (int) number(4)));
                skip(4);
            }
            case 0x04 -> locals.add(new Local(number(idSize), (int) number(4)));
            case 0x06 -> skip(idSize + 4L);
            case 0x08 -> {
                long thread = number(idSize);
                threads.putIfAbsent((int) number(4), thread);
                skip(4);
            }
            case 0x20 -> classRecord();
            case 0x21 -> {
                skip(2L * idSize + 4);
                skip(number(4));
            }
            case 0x22 -> {
                skip(idSize + 4L);
                skip(number(4) * idSize + idSize);
            }
            case 0x23 -> {
                skip(idSize + 4L);
                long length = number(4);
                skip(length * width((int) number(1)));
            }
            default -> throw new IOException("expected a sub-record of a HotSpot dump, found tag " + tag);
        }
    }

    private void classRecord() throws IOException {
        long id = number(idSize);
        skip(4L + 2L * idSize);
        List<Long> held = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            long one = number(idSize);
            if (one != 0) {
                held.add(one);
            }
        }
        if (!held.isEmpty()) {
            domains.put(id, held);
        }
        skip(2L * idSize + 4);
        for (long constants = number(2); constants > 0; constants--) {
            skip(2);
            skip(width((int) number(1)));
        }
        for (long statics = number(2); statics > 0; statics--) {
            skip(idSize);
            skip(width((int) number(1)));
        }
        skip(number(2) * (idSize + 1));
    }

    private long width(int basicType) throws IOException {
        return switch (basicType) {
            case OBJECT -> idSize;
            case 4, 8 -> 1;
            case 5, 9 -> 2;
            case 6, 10 -> 4;
            case 7, 11 -> 8;
            default -> throw new IOException("expected a basic type, found " + basicType);
        };
    }

    /// An unsigned number of so many bytes.
    private long number(int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | in.readUnsignedByte();
        }
        left -= bytes;
        return number;
    }

    private void skip(long bytes) throws IOException {
        in.skipNBytes(bytes);
        left -= bytes;
    }
}
