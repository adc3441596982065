package io.staunch.drill;

import io.staunch.remedy.Remedy;
import io.staunch.server.response.Narrator;
import java.time.Duration;
import java.util.List;

/// A day without a leak. Nobody is on call: in mode `auto` nobody is asked.
final class ControlScenario extends Scenario {
    private static final String HARMLESS = "2.3.1";
    private static final Duration JOB = Duration.ofSeconds(15);

    private final ControlName name;

    ControlScenario(ControlName name, Shop shop, Pace pace, Narrator narrator) {
        super(shop, pace, narrator);
        this.name = name;
    }

    @Override
    Opening opening() {
        return name.opening(pace.visitsPerSecond());
    }

    @Override
    void play() throws DrillFailed, InterruptedException {
        Thread.sleep(pace.baseline());
        switch (name) {
            case DEPLOYMENT -> {
                shop.deploy(Shop.API, HARMLESS);
                tell("deploys " + Shop.API + " " + HARMLESS);
            }
            case CACHE_WARM_UP -> {
                shop.restart(Shop.CACHE);
                tell("restarts the cache");
            }
            case BATCH_JOB -> {
                shop.startJob(2 * pace.visitsPerSecond(), JOB);
                tell("starts a job that asks for everything");
            }
            case SURGE, LOWER_LIMIT -> tell("does nothing");
        }
    }

    @Override
    Answer respond(List<Remedy> allowed) {
        return new Answer.Wait();
    }
}
