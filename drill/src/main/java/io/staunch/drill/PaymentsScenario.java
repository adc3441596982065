package io.staunch.drill;

import io.staunch.remedy.Remedy;
import io.staunch.server.response.Narrator;
import java.util.List;

/// The incident `payments`: an updated payment gateway keeps what it allocates for each transaction. They look
/// at the network and the database, deploy nothing, and restart the application, which was innocent; then the
/// gateway's release is rolled back.
final class PaymentsScenario extends Scenario {
    private static final String LEAKY = "1.9.0";

    private boolean applicationRestarted;

    PaymentsScenario(Shop shop, Pace pace, Narrator narrator) {
        super(shop, pace, narrator);
    }

    @Override
    Opening opening() {
        return new Opening("2.4.1", false, pace.visitsPerSecond() * 4 / 3, Shop.GATEWAY);
    }

    @Override
    void play() throws DrillFailed, InterruptedException {
        Thread.sleep(pace.attested());
        deployLeaky(Shop.GATEWAY, LEAKY);
    }

    @Override
    Answer respond(List<Remedy> allowed) throws DrillFailed, InterruptedException {
        if (!applicationRestarted) {
            applicationRestarted = true;
            tell("suspects the network, the database and the application, and restarts the last");
            shop.restart(Shop.API);
            return new Answer.Wait();
        }
        return agreeOrWait(allowed, Remedy.RollBack.class, "agrees to the rollback");
    }
}
