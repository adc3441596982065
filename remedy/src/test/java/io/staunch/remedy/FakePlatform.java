package io.staunch.remedy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A platform that does as it is told, and counts it.
final class FakePlatform implements Platform {
    static final String SERVICE = "shop-api";
    static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    final List<String> carriedOut = new ArrayList<>();
    String running;
    Outcome answer = new Outcome.Done(Duration.ofSeconds(1));
    Meanwhile meanwhile = () -> {};

    /// What happens while it does what it was told.
    @FunctionalInterface
    interface Meanwhile {
        void happen() throws IOException;
    }

    FakePlatform(String running) {
        this.running = running;
    }

    static Release release(String version) {
        return new Release(SERVICE, version, Optional.empty(), List.of());
    }

    @Override
    public String name() {
        return "a fake";
    }

    @Override
    public Releases releases(String service) {
        Release current = release(running).since(START);
        return new Releases(service, List.of(current), List.of());
    }

    @Override
    public List<String> plan(Remedy remedy) {
        return List.of(remedy.order());
    }

    @Override
    public Outcome carryOut(Remedy remedy, Duration limit) {
        carriedOut.add(remedy.order());
        if (answer instanceof Outcome.Done) {
            running = remedy.target().version();
        }
        try {
            meanwhile.happen();
        } catch (IOException e) {
            return new Outcome.Failed(String.valueOf(e.getMessage()));
        }
        return answer;
    }
}
