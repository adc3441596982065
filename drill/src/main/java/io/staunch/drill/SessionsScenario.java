package io.staunch.drill;

import io.staunch.remedy.Remedy;
import io.staunch.server.response.Narrator;
import java.util.List;
import java.util.Optional;

/// The incident `sessions`: they update the schema, then a library, then deploy a release whose sessions never
/// go; woken, they restart first, as people do, and then deploy the patch that the developers bring.
final class SessionsScenario extends Scenario {
    private static final String LEAKY = "2.4.0";
    private static final String LIBRARY_UPDATE = "2.3.1";
    private static final String PATCHED = "2.4.1";
    private static final int HARMLESS_MIGRATION = 4;

    private boolean restarted;
    private boolean delivered;

    SessionsScenario(Shop shop, Pace pace, Narrator narrator) {
        super(shop, pace, narrator);
    }

    @Override
    Opening opening() {
        return new Opening("2.3.0", false, pace.visitsPerSecond(), Shop.API);
    }

    @Override
    void play() throws DrillFailed, InterruptedException {
        Thread.sleep(pace.baseline());
        shop.migrate(HARMLESS_MIGRATION);
        tell("updates the database schema");
        shop.deploy(Shop.API, LIBRARY_UPDATE);
        tell("deploys " + Shop.API + " " + LIBRARY_UPDATE + ", which updates a library");
        Thread.sleep(pace.between());
        deployLeaky(Shop.API, LEAKY);
    }

    @Override
    Answer respond(List<Remedy> allowed) throws DrillFailed {
        Optional<Remedy> restart = first(allowed, Remedy.Restart.class);
        if (!restarted && restart.isPresent()) {
            restarted = true;
            return agree(restart.get(), "agrees to a restart, for relief");
        }
        if (!delivered) {
            shop.deliver(Shop.API, PATCHED);
            delivered = true;
            tell("has a patch from the developers, tried in staging: release " + PATCHED);
            return new Answer.Wait();
        }
        return agreeOrWait(allowed, Remedy.Upgrade.class, "agrees to the patched release");
    }
}
