package io.staunch.drill;

import io.staunch.remedy.Remedy;
import io.staunch.server.response.Narrator;
import java.util.List;

/// The incident `auth`: an update of a library for user authentication, which never releases what it allocates. A
/// harmless release follows it; they roll that one back, which does not help, add an instance, which leaks as
/// well, and then deploy the library's fixed version.
final class AuthScenario extends Scenario {
    private static final String LEAKY = "2.6.0";
    private static final String LATEST = "2.7.0";
    private static final String FIXED = "2.6.1";

    private boolean rolledBack;
    private boolean scaledOut;
    private boolean delivered;

    AuthScenario(Shop shop, Pace pace, Narrator narrator) {
        super(shop, pace, narrator);
    }

    @Override
    Opening opening() {
        return new Opening("2.4.1", true, pace.visitsPerSecond() * 4 / 3, Shop.API);
    }

    @Override
    void play() throws DrillFailed, InterruptedException {
        Thread.sleep(pace.baseline());
        deployLeaky(Shop.API, LEAKY);
        tell("it updates the library for logins");
        Thread.sleep(pace.between());
        shop.deploy(Shop.API, LATEST);
        tell("deploys " + Shop.API + " " + LATEST + ", with a new feature");
    }

    @Override
    Answer respond(List<Remedy> allowed) throws DrillFailed, InterruptedException {
        if (!rolledBack) {
            rolledBack = true;
            tell("suspects the latest deployment and rolls it back by hand");
            shop.rollback(Shop.API, LEAKY);
            return new Answer.Wait();
        }
        if (!scaledOut) {
            scaledOut = true;
            tell("suspects too little capacity and adds an instance");
            shop.scale(2);
            return new Answer.Wait();
        }
        if (!delivered) {
            shop.deliver(Shop.API, FIXED);
            delivered = true;
            tell("has a release with the library's fixed version: " + FIXED);
            return new Answer.Wait();
        }
        return agreeOrWait(allowed, Remedy.Upgrade.class, "agrees to the fixed version");
    }
}
