package io.staunch.collect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMX;
import javax.management.ObjectName;
import jdk.management.jfr.FlightRecorderMXBean;

/// A running recording of old-object samples in a target, and nothing else in it. Closing removes it; so do the end of
/// this JVM and, should that come without warning, a time limit in the target. The first recording in a JVM makes it
/// load some hundred classes and a few megabytes of buffers, which stay.
///
/// Dumped without paths to roots, which would take seconds of pause. The data comes over the connector, no file is
/// left.
public final class OldObjectSampling implements AutoCloseable {
    private static final ObjectName BEAN = Jmx.name(FlightRecorderMXBean.MXBEAN_NAME);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String LONGEST = "2 h";
    private static final Set<OldObjectSampling> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> OPEN.forEach(OldObjectSampling::close), "staunch-end-recordings"));
    }

    private final TargetCalls calls;
    private final FlightRecorderMXBean recorder;
    private final long recording;
    private final Instant started;

    private OldObjectSampling(TargetCalls calls, FlightRecorderMXBean recorder, long recording, Instant started) {
        this.calls = calls;
        this.recorder = recorder;
        this.recording = recording;
        this.started = started;
        OPEN.add(this);
    }

    /// Why a JVM can't be sampled, if so.
    static Optional<String> whyNot(Collector collector, boolean hasConnector) {
        if (!hasConnector) {
            return Optional.of("the target's connector is out of reach: its network is not ours");
        }
        return switch (collector) {
            case GENERATIONAL_ZGC -> Optional.of("old-object samples stall generational ZGC");
            case G1, PARALLEL, SERIAL, ZGC, SHENANDOAH, EPSILON, UNKNOWN -> Optional.empty();
        };
    }

    static OldObjectSampling start(TargetCalls calls, Jmx jmx) throws TargetGone {
        FlightRecorderMXBean recorder = JMX.newMXBeanProxy(jmx.server(), BEAN, FlightRecorderMXBean.class);
        return calls.call("allocation samples", TIMEOUT, () -> {
            long recording = recorder.newRecording();
            OldObjectSampling sampling = new OldObjectSampling(calls, recorder, recording, Instant.now());
            recorder.setRecordingOptions(
                    recording, Map.of("name", "staunch", "disk", "true", "dumpOnExit", "false", "duration", LONGEST));
            recorder.setRecordingSettings(
                    recording,
                    Map.of(
                            "jdk.OldObjectSample#enabled", "true",
                            "jdk.OldObjectSample#stackTrace", "true",
                            "jdk.OldObjectSample#cutoff", "0 ns"));
            recorder.startRecording(recording);
            return sampling;
        });
    }

    /// What was sampled up to now; sampling goes on.
    public OldObjects.Seen dump() throws TargetGone {
        byte[] data = calls.call("dump of allocation samples", TIMEOUT, () -> {
            long copy = recorder.cloneRecording(recording, true);
            try {
                return download(copy);
            } finally {
                recorder.closeRecording(copy);
            }
        });
        Instant now = Instant.now();
        try {
            return new OldObjects.Seen(now, Duration.between(started, now), OldObjectEvents.sites(data));
        } catch (IOException e) {
            throw new TargetGone(
                    TargetGone.Kind.NOT_ANSWERING,
                    "allocation samples: expected a flight recording, found " + TargetCalls.firstLine(e),
                    e);
        }
    }

    private byte[] download(long copy) throws IOException {
        long stream = recorder.openStream(copy, Map.of());
        try (var data = new ByteArrayOutputStream()) {
            for (byte[] block = recorder.readStream(stream); block != null; block = recorder.readStream(stream)) {
                data.write(block);
            }
            return data.toByteArray();
        } finally {
            recorder.closeStream(stream);
        }
    }

    /// Works from an interrupted thread too. Idempotent.
    @Override
    public void close() {
        if (!OPEN.remove(this)) {
            return;
        }
        try {
            calls.call("end of allocation samples", Duration.ofSeconds(5), () -> {
                recorder.closeRecording(recording);
                return true;
            });
        } catch (TargetGone e) {
            // The recording ended with the target, or ends at its time limit.
            return;
        }
    }
}
