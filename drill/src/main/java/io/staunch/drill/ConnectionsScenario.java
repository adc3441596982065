package io.staunch.drill;

import io.staunch.remedy.Remedy;
import io.staunch.server.response.Narrator;
import java.util.List;

/// The incident `connections`: a new feature of the API never closes its database connections. They take it for
/// the load balancer's fault and restart that; then the release is rolled back.
final class ConnectionsScenario extends Scenario {
    private static final String LEAKY = "2.5.0";

    private boolean balancerRestarted;

    ConnectionsScenario(Shop shop, Pace pace, Narrator narrator) {
        super(shop, pace, narrator);
    }

    @Override
    Opening opening() {
        return new Opening("2.4.1", true, pace.visitsPerSecond() * 4 / 3, Shop.API);
    }

    @Override
    void play() throws DrillFailed, InterruptedException {
        Thread.sleep(pace.attested());
        deployLeaky(Shop.API, LEAKY);
        tell("the new release brings a feature: the availability of each product");
    }

    @Override
    Answer respond(List<Remedy> allowed) throws DrillFailed, InterruptedException {
        if (!balancerRestarted) {
            balancerRestarted = true;
            tell("suspects the load balancer and restarts it");
            shop.restart(Shop.BALANCER);
            return new Answer.Wait();
        }
        return agreeOrWait(allowed, Remedy.RollBack.class, "agrees to the rollback");
    }
}
