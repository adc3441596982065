package io.staunch.drill;

import io.staunch.drill.response.Narrator;
import io.staunch.drill.response.Narrator.Voice;
import io.staunch.drill.response.OnCall;
import io.staunch.remedy.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the people around the shop do in the incident `sessions`: they update the schema, then a library, then deploy
/// a release that leaks; woken, they restart first, as people do, and then deploy the patch that the developers bring.
/// They act on the shop and on nothing else; Staunch learns of it as it would learn of any deployment.
final class SessionsScenario implements OnCall {
    private static final String GOOD = "2.3.0";
    private static final String LIBRARY_UPDATE = "2.3.1";
    private static final String LEAKY = "2.4.0";
    private static final String PATCHED = "2.4.1";
    private static final int HARMLESS_MIGRATION = 4;
    private static final String ON_CALL = "the on-call engineer";

    private final Shop shop;
    private final Pace pace;
    private final Narrator narrator;
    private boolean restarted;
    private boolean delivered;
    private Optional<Instant> leakyDeployed = Optional.empty();

    SessionsScenario(Shop shop, Pace pace, Narrator narrator) {
        this.shop = shop;
        this.pace = pace;
        this.narrator = narrator;
    }

    /// The shop runs its good release under load.
    void open() throws DrillFailed, InterruptedException {
        tell("opens the shop: database, cache, payment gateway and " + Shop.SERVICE + " " + GOOD);
        shop.start(GOOD, pace.sessionLifetime());
        shop.startLoad(pace.visitsPerSecond(), pace.longest());
        tell("lets the buyers in, " + pace.visitsPerSecond() + " visits a second");
    }

    /// The changes of an ordinary day, one of which leaks.
    void play() throws DrillFailed, InterruptedException {
        Thread.sleep(pace.baseline());
        shop.migrate(HARMLESS_MIGRATION);
        tell("updates the database schema");
        shop.deploy(LIBRARY_UPDATE);
        tell("deploys " + Shop.SERVICE + " " + LIBRARY_UPDATE + ", which updates a library");
        Thread.sleep(pace.between());
        Instant began = Instant.now();
        shop.deploy(LEAKY);
        leakyDeployed = Optional.of(began);
        tell("deploys " + Shop.SERVICE + " " + LEAKY);
    }

    /// When the leaky release's deployment began; empty if it never did.
    Optional<Instant> leakyDeployed() {
        return leakyDeployed;
    }

    @Override
    public Answer decide(List<Remedy> allowed) throws InterruptedException {
        if (!restarted) {
            Optional<Remedy> restart = first(allowed, Remedy.Restart.class);
            if (restart.isPresent()) {
                restarted = true;
                tell("agrees to a restart, for relief");
                return new Answer.Agreed(restart.get(), ON_CALL);
            }
        }
        if (!delivered) {
            deliverPatch();
            return new Answer.Wait();
        }
        return first(allowed, Remedy.Upgrade.class)
                .<Answer>map(patch -> {
                    tell("agrees to the patched release");
                    return new Answer.Agreed(patch, ON_CALL);
                })
                .orElseGet(Answer.Wait::new);
    }

    private void deliverPatch() throws InterruptedException {
        try {
            shop.deliver(PATCHED);
            delivered = true;
            tell("has a patch from the developers, tried in staging: release " + PATCHED);
        } catch (DrillFailed e) {
            tell("could not get the patch: " + e.getMessage());
            Thread.sleep(Duration.ofSeconds(2));
        }
    }

    private static Optional<Remedy> first(List<Remedy> allowed, Class<? extends Remedy> kind) {
        return allowed.stream().filter(kind::isInstance).findFirst();
    }

    private void tell(String sentence) {
        narrator.tell(Instant.now(), Voice.TEAM, sentence);
    }
}
