package io.staunch.server;

import io.staunch.detect.Detector;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Unit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The bytes of a [SeriesBook] that goes on after a restart: format, beginning, limits, when each series was read last,
/// the detectors, and the live sets that were counted.
///
/// @param detectors what each saved, by series; so the tripwires
/// @param exact     what the detector of the counted live sets saved, under their series
record SavedBook(
        Instant from,
        Map<Series, Double> limits,
        Map<Series, Instant> latest,
        Map<Series, byte[]> detectors,
        Map<Series, byte[]> tripwires,
        Map<Series, byte[]> exact,
        List<Sample> exactLiveSets) {
    private static final byte FORMAT = 1;
    private static final int MOST = 100_000;

    static Map<Series, byte[]> save(Map<Series, Detector> detectors) {
        Map<Series, byte[]> saved = new LinkedHashMap<>();
        detectors.forEach((series, detector) -> saved.put(series, detector.save()));
        return saved;
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            write(out, from);
            out.writeInt(limits.size());
            for (Map.Entry<Series, Double> limit : limits.entrySet()) {
                write(out, limit.getKey());
                out.writeDouble(limit.getValue());
            }
            out.writeInt(latest.size());
            for (Map.Entry<Series, Instant> last : latest.entrySet()) {
                write(out, last.getKey());
                write(out, last.getValue());
            }
            write(out, detectors);
            write(out, tripwires);
            write(out, exact);
            out.writeInt(exactLiveSets.size());
            for (Sample sample : exactLiveSets) {
                write(out, sample.at());
                out.writeDouble(sample.value());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// @throws IllegalArgumentException if these are not bytes of this format
    static SavedBook of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte format = in.readByte();
            if (format != FORMAT) {
                throw new IllegalArgumentException("saved book: expected format " + FORMAT + ", found " + format);
            }
            return new SavedBook(
                    instant(in), limits(in), latest(in), detectors(in), detectors(in), detectors(in), samples(in));
        } catch (IOException e) {
            throw new IllegalArgumentException("saved book: expected more bytes than " + bytes.length, e);
        }
    }

    private static Map<Series, Double> limits(DataInputStream in) throws IOException {
        Map<Series, Double> limits = new LinkedHashMap<>();
        for (int left = count(in); left > 0; left--) {
            limits.put(series(in), in.readDouble());
        }
        return limits;
    }

    private static Map<Series, Instant> latest(DataInputStream in) throws IOException {
        Map<Series, Instant> latest = new LinkedHashMap<>();
        for (int left = count(in); left > 0; left--) {
            latest.put(series(in), instant(in));
        }
        return latest;
    }

    private static Map<Series, byte[]> detectors(DataInputStream in) throws IOException {
        Map<Series, byte[]> detectors = new LinkedHashMap<>();
        for (int left = count(in); left > 0; left--) {
            detectors.put(series(in), block(in));
        }
        return detectors;
    }

    private static List<Sample> samples(DataInputStream in) throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (int left = count(in); left > 0; left--) {
            samples.add(new Sample(instant(in), in.readDouble()));
        }
        return samples;
    }

    private static void write(DataOutputStream out, Map<Series, byte[]> detectors) throws IOException {
        out.writeInt(detectors.size());
        for (Map.Entry<Series, byte[]> detector : detectors.entrySet()) {
            write(out, detector.getKey());
            write(out, detector.getValue());
        }
    }

    private static void write(DataOutputStream out, byte[] block) throws IOException {
        out.writeInt(block.length);
        out.write(block);
    }

    private static void write(DataOutputStream out, Series series) throws IOException {
        out.writeUTF(series.name());
        out.writeUTF(series.unit().name());
    }

    private static void write(DataOutputStream out, Instant at) throws IOException {
        out.writeLong(at.getEpochSecond());
        out.writeInt(at.getNano());
    }

    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST) {
            throw new IllegalArgumentException("saved book: expected a count from 0 to " + MOST + ", found " + count);
        }
        return count;
    }

    private static byte[] block(DataInputStream in) throws IOException {
        return in.readNBytes(count(in));
    }

    private static Series series(DataInputStream in) throws IOException {
        return new Series(in.readUTF(), Unit.valueOf(in.readUTF()));
    }

    private static Instant instant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }
}
