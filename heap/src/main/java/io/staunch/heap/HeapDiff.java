package io.staunch.heap;

import java.util.List;
import java.util.Optional;

/// What grew between two dumps of one program. Containers are matched by their path from a root, never by address.
///
/// @param older file name of the earlier dump
/// @param newer file name of the later dump
/// @param bytesBefore reachable bytes of the earlier dump
/// @param bytesAfter reachable bytes of the later dump
/// @param holders containers that grew, by bytes
/// @param types types that grew, by the bytes of their instances
/// @param libraries libraries whose containers grew, by bytes
public record HeapDiff(
        String older,
        String newer,
        long bytesBefore,
        long bytesAfter,
        List<HolderGrowth> holders,
        List<TypeGrowth> types,
        List<LibraryGrowth> libraries) {
    /// A container that grew.
    ///
    /// @param type what it is filled with
    /// @param accumulation the container's type
    /// @param holder from the root to the container
    public record HolderGrowth(
            String type,
            String accumulation,
            List<String> holder,
            Optional<Library> library,
            long elementsBefore,
            long elementsAfter,
            long bytesBefore,
            long bytesAfter) {
        public long bytesGrown() {
            return bytesAfter - bytesBefore;
        }
    }

    /// A type with more or larger instances than before.
    public record TypeGrowth(
            String type, long instancesBefore, long instancesAfter, long bytesBefore, long bytesAfter) {
        public long bytesGrown() {
            return bytesAfter - bytesBefore;
        }
    }

    /// What the growing containers of one library hold.
    public record LibraryGrowth(Library library, long bytesBefore, long bytesAfter) {
        public long bytesGrown() {
            return bytesAfter - bytesBefore;
        }
    }

    /// Compares two dumps; lists at most `top` rows each.
    public static HeapDiff between(Heap older, Heap newer, int top) {
        return older.to(newer, top);
    }
}
