package io.staunch.server.response;

import io.staunch.collect.ConnectFailed;
import io.staunch.collect.Cost;
import io.staunch.collect.Evidence;
import io.staunch.collect.Host;
import io.staunch.collect.HostTarget;
import io.staunch.collect.RedisProbe;
import io.staunch.collect.RedisSurvey;
import io.staunch.collect.TargetGone;
import io.staunch.diagnose.Figures;
import io.staunch.server.Progress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A Redis server: its `INFO` every second, a sample of its keys every few seconds.
final class WatchedRedis implements Watched {
    private static final Duration READ_EVERY = Duration.ofSeconds(1);
    private static final int READS_A_SURVEY = 3;
    private static final int SAMPLED_KEYS = 1_000;
    private static final Pattern RELEASE = Pattern.compile("/releases/([^/]+)/");

    private final Running process;
    private final RedisProbe probe;
    private final RedisCase file;
    private final Consumer<Progress> listener;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<String> release = Optional.empty();
    private volatile Known known;
    private volatile boolean stopping;
    private boolean told;

    private WatchedRedis(Running process, RedisProbe probe, Consumer<Progress> listener) {
        this.process = process;
        this.probe = probe;
        this.listener = listener;
        this.file = new RedisCase(Instant.now());
        this.known = file.known(Instant.now());
        this.thread =
                Thread.ofPlatform().name("redis-" + process.pid()).daemon().unstarted(this::run);
    }

    /// Empty if it can't be reached, as one that is just starting.
    static Optional<Watched> attach(Running process, Consumer<Progress> listener) {
        return Host.survey().stream()
                .filter(target -> target.pid() == process.pid())
                .filter(HostTarget.Redis.class::isInstance)
                .flatMap(target -> ((HostTarget.Redis) target).addresses().stream())
                .findFirst()
                .flatMap(address -> connect(process, address, listener));
    }

    private static Optional<Watched> connect(Running process, String address, Consumer<Progress> listener) {
        try {
            RedisProbe probe = RedisProbe.connect(URI.create("redis://" + address));
            WatchedRedis watched = new WatchedRedis(process, probe, listener);
            watched.survey();
            watched.thread.start();
            return Optional.of(watched);
        } catch (ConnectFailed | TargetGone e) {
            return Optional.empty();
        }
    }

    private void run() {
        try {
            for (int reads = 1; !stopping; reads++) {
                file.accept(probe.read());
                if (reads % READS_A_SURVEY == 0) {
                    survey();
                }
                known = file.known(Instant.now());
                Thread.sleep(READ_EVERY.toMillis());
            }
        } catch (TargetGone e) {
            listener.accept(new Progress.TargetLost(Instant.now(), String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            // Asked to end.
        } finally {
            ended.countDown();
        }
    }

    private void survey() throws TargetGone {
        RedisSurvey survey = probe.survey(SAMPLED_KEYS);
        file.accept(survey);
        if (release.isEmpty()) {
            Matcher directory = RELEASE.matcher(survey.configuration());
            release = directory.find() ? Optional.of(directory.group(1)) : Optional.empty();
        }
        if (!told && file.known(survey.at()).isWhole()) {
            told = true;
            tell(survey);
        }
    }

    private void tell(RedisSurvey survey) {
        String groups = survey.groups().stream()
                .limit(3)
                .map(group ->
                        group.pattern() + " " + Figures.bytes(group.bytes()) + " in " + Figures.count(group.keys())
                                + " keys, " + Math.round(100 * group.expiryShare()) + " % of them expire")
                .collect(Collectors.joining("; "));
        String parts = survey.parts().entrySet().stream()
                .map(part -> part.getKey() + " " + Figures.bytes(part.getValue()))
                .sorted()
                .collect(Collectors.joining(", "));
        evidence("keys by a sample of " + Figures.count(survey.sampled()) + ": " + groups);
        evidence("beside the keys: " + parts);
    }

    private void evidence(String statement) {
        Instant now = Instant.now();
        listener.accept(new Progress.EvidenceGathered(now, new Evidence(now, label(), statement)));
    }

    @Override
    public Running process() {
        return process;
    }

    @Override
    public String label() {
        return "redis " + process.pid();
    }

    @Override
    public Optional<String> release() {
        return release;
    }

    @Override
    public Known soFar() {
        return known;
    }

    @Override
    public Cost cost() {
        return probe.cost();
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        try {
            ended.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        probe.close();
    }
}
