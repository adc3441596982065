package io.staunch.heap;

/// How the dumped JVM laid out its objects, inferred from the addresses in the dump.
///
/// @param referenceBytes 4 with compressed object pointers, else 8
/// @param headerBytes header of an instance: 8 with compact headers, 12 with compressed class pointers, else 16
/// @param arrayHeaderBytes header of an array, its length included
/// @param alignmentBytes what object addresses are a multiple of
public record HeapLayout(int referenceBytes, int headerBytes, int arrayHeaderBytes, int alignmentBytes) {
    /// One line for people.
    public String describe() {
        return referenceBytes + "-byte references, " + headerBytes + "-byte headers (arrays " + arrayHeaderBytes
                + "), objects aligned to " + alignmentBytes + " bytes";
    }

    /// The next multiple of the alignment.
    public long align(long bytes) {
        return (bytes + alignmentBytes - 1) / alignmentBytes * alignmentBytes;
    }

    /// Size in the heap of an array of elements of this width.
    public long arrayBytes(long length, int elementBytes) {
        long base = elementBytes == 8 ? (arrayHeaderBytes + 7) / 8 * 8 : arrayHeaderBytes;
        return align(base + length * elementBytes);
    }
}
