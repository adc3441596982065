package io.staunch.drill;

import io.staunch.remedy.Remedy;
import io.staunch.server.response.Narrator;
import java.util.List;
import java.util.Optional;

/// The incident `cache`: an update of Redis that fills without end, shortly after a harmless deployment of the
/// shop. They take it for an attack or for that deployment, restart the cache for relief, and then roll its
/// release back.
final class CacheScenario extends Scenario {
    private static final String LEAKY = "6.2.11-2";
    private static final String DEPLOYED = "2.3.1";

    private boolean restarted;

    CacheScenario(Shop shop, Pace pace, Narrator narrator) {
        super(shop, pace, narrator);
    }

    @Override
    Opening opening() {
        return new Opening("2.3.0", false, pace.visitsPerSecond() * 2, Shop.CACHE);
    }

    @Override
    void play() throws DrillFailed, InterruptedException {
        Thread.sleep(pace.attested());
        shop.deploy(Shop.API, DEPLOYED);
        tell("deploys " + Shop.API + " " + DEPLOYED + ", which updates a library");
        Thread.sleep(pace.between());
        deployLeaky(Shop.CACHE, LEAKY);
    }

    @Override
    Answer respond(List<Remedy> allowed) {
        Optional<Remedy> restart = first(allowed, Remedy.Restart.class);
        if (!restarted && restart.isPresent()) {
            restarted = true;
            return agree(restart.get(), "suspects an attack, and agrees to a restart of the cache for relief");
        }
        return agreeOrWait(allowed, Remedy.RollBack.class, "agrees to the rollback of the cache");
    }
}
