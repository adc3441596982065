package io.staunch.verify.throughput;

import io.staunch.detect.Detector;
import io.staunch.detect.DetectorOptions;
import io.staunch.detect.Workbench;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// Samples a second that one core takes in, each with a load value: many services side by side, as a scrape delivers
/// them, so that states do not stay in the processor's caches. One sample in 50 series leaks.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 4, time = 5)
@Fork(1)
@Threads(1)
public class DetectorThroughput {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int SERIES = 20_000;
    private static final int NOISE = 1 << 16;
    private static final int LEAKY = 50;
    private static final double LEVEL = 1e9;
    private static final double LIMIT = 4e9;

    /// Seconds between the samples of a series.
    @Param({"15", "60"})
    public int spacing;

    /// Age of the series when the measurement begins.
    @Param({"0", "14"})
    public int days;

    private final Detector[] detectors = new Detector[SERIES];
    private final double[] noise = new double[NOISE];
    private long scrapes;
    private long scrapesBefore;
    private long processorNanosBefore;

    /// Takes JMH's own arguments.
    public static void main(String[] args) throws IOException {
        List<String> all = new ArrayList<>(List.of(args));
        all.add(DetectorThroughput.class.getName());
        Main.main(all.toArray(String[]::new));
    }

    /// Draws the noise and lets every series grow as old as asked, with a sample every ten minutes. What the first
    /// detector loads once for all is no part of a series' heap.
    @Setup
    public void age() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(17);
        for (int i = 0; i < NOISE; i++) {
            noise[i] = 1e7 * random.nextGaussian();
        }
        Workbench bench = new Workbench();
        detectors[0] = Detector.of(DetectorOptions.floor(), bench);
        feed(0, 0);
        long before = usedHeap();
        for (int i = 0; i < SERIES; i++) {
            detectors[i] = Detector.of(DetectorOptions.floor(), bench);
            detectors[i].limit(Instant.EPOCH, LIMIT);
            for (long second = 0; second < days * 86_400L; second += 600) {
                feed(i, second);
            }
        }
        scrapes = days * 86_400L / spacing;
        System.out.println("heap per series: " + (usedHeap() - before) / SERIES + " bytes, saved "
                + detectors[0].save().length + " bytes");
    }

    /// What the iteration took is counted in processor time, too: on a machine that is shared the wall clock says less.
    @Setup(Level.Iteration)
    public void begin() {
        scrapesBefore = scrapes;
        processorNanosBefore = THREADS.getCurrentThreadCpuTime();
    }

    @TearDown(Level.Iteration)
    public void end() {
        double seconds = (THREADS.getCurrentThreadCpuTime() - processorNanosBefore) * 1e-9;
        System.out.printf(
                Locale.ROOT,
                "%.2f million a second of processor time, age %.1f h; ",
                SERIES * (scrapes - scrapesBefore) / seconds / 1e6,
                scrapes * spacing / 3600.0);
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /// One scrape: a sample and a load value for each series.
    @Benchmark
    @OperationsPerInvocation(SERIES)
    public long scrape() {
        long second = ++scrapes * spacing;
        for (int i = 0; i < SERIES; i++) {
            feed(i, second);
        }
        return second;
    }

    private void feed(int series, long second) {
        double load = 100 + 30 * Math.sin(second / 13_751.0) + 1e-7 * noise(series, second, 7);
        double leak = series % LEAKY == 0 ? 2000.0 * second : 0;
        long millis = 1000 * second + series % 1000;
        detectors[series].load(millis, load);
        detectors[series].accept(millis, LEVEL + 2e6 * load + leak + noise(series, second, 13));
    }

    private double noise(int series, long second, int step) {
        return noise[(int) (series * 31L + second * step) & (NOISE - 1)];
    }
}
