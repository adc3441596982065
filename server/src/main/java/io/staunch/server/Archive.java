package io.staunch.server;

import io.staunch.collect.Reading;
import io.staunch.collect.Target;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Keeps what is known of targets beyond the life of this process. Safe for several threads; but for
/// [#remembered] every call returns at once.
public interface Archive {
    /// Keeps nothing.
    Archive NONE = new Archive() {
        @Override
        public Optional<Remembered> remembered(Target target) {
            return Optional.empty();
        }

        @Override
        public void read(Target target, String service, List<Reading> readings) {}

        @Override
        public void learned(Target target, byte[] book) {}
    };

    /// What was kept of this very life of a target; empty if nothing was, or if it can't be read now. May take seconds.
    Optional<Remembered> remembered(Target target);

    /// Takes readings to be kept.
    void read(Target target, String service, List<Reading> readings);

    /// Takes what the detectors know by now; not a copy.
    void learned(Target target, byte[] book);

    /// Takes what a heap dump showed; the dump itself is deleted.
    default void dumped(HeapSummary summary) {}

    /// The same archive, with what heap dumps showed on a shelf. What can't be written is told.
    static Archive with(HeapShelf shelf, Archive archive, Consumer<String> told) {
        return new Archive() {
            @Override
            public Optional<Remembered> remembered(Target target) {
                return archive.remembered(target);
            }

            @Override
            public void read(Target target, String service, List<Reading> readings) {
                archive.read(target, service, readings);
            }

            @Override
            public void learned(Target target, byte[] book) {
                archive.learned(target, book);
            }

            @Override
            public void dumped(HeapSummary summary) {
                try {
                    shelf.put(summary);
                } catch (IOException e) {
                    told.accept(
                            "what the heap dump of " + summary.target() + " showed can't be kept: " + e.getMessage());
                }
            }
        };
    }

    /// What was kept of a target. Immutable, as long as nobody changes the array.
    final class Remembered {
        private final byte[] book;
        private final Map<Series, List<Sample>> samples;

        /// Keeps the array.
        ///
        /// @param samples the latest of each series, oldest first; some may be later than the book
        public Remembered(byte[] book, Map<Series, List<Sample>> samples) {
            this.book = book;
            this.samples = Map.copyOf(samples);
        }

        /// What the detectors knew. Not a copy.
        public byte[] book() {
            return book;
        }

        public Map<Series, List<Sample>> samples() {
            return samples;
        }
    }
}
