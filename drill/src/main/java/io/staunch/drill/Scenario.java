package io.staunch.drill;

import io.staunch.remedy.Remedy;
import io.staunch.server.response.Narrator;
import io.staunch.server.response.Narrator.Voice;
import io.staunch.server.response.OnCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the people around the shop do in one incident: the changes of an ordinary day, one of which leaks, and
/// then what they try. They act on the shop and on nothing else; Staunch learns of it as it would learn of any
/// deployment.
abstract class Scenario implements OnCall {
    static final String ON_CALL = "the on-call engineer";
    private static final Duration ON_FAILURE = Duration.ofSeconds(2);

    final Shop shop;
    final Pace pace;
    private final Narrator narrator;
    private Optional<Instant> leakyDeployed = Optional.empty();

    Scenario(Shop shop, Pace pace, Narrator narrator) {
        this.shop = shop;
        this.pace = pace;
        this.narrator = narrator;
    }

    /// With which releases the shop opens.
    abstract Opening opening();

    /// Until the leaky release is in place.
    abstract void play() throws DrillFailed, InterruptedException;

    /// What they do about the service that was found to leak.
    abstract Answer respond(List<Remedy> allowed) throws DrillFailed, InterruptedException;

    /// The shop runs its good releases under load.
    final void open() throws DrillFailed, InterruptedException {
        Opening opening = opening();
        tell("opens the shop: database, cache, payment gateway and " + Shop.API + " " + opening.release());
        shop.start(opening, pace.sessionLifetime());
        shop.startLoad(opening, pace.longest());
        tell("lets the buyers in, " + opening.visitsPerSecond() + " visits a second");
    }

    /// When the leaky release's deployment began; empty if it never did.
    final Optional<Instant> leakyDeployed() {
        return leakyDeployed;
    }

    @Override
    public final Answer decide(String service, List<Remedy> allowed) throws InterruptedException {
        if (!service.equals(opening().leaky())) {
            return new Answer.Wait();
        }
        try {
            return respond(allowed);
        } catch (DrillFailed e) {
            tell("could not do it: " + e.getMessage());
            Thread.sleep(ON_FAILURE);
            return new Answer.Wait();
        }
    }

    /// Deploys the release that leaks.
    final void deployLeaky(String service, String release) throws DrillFailed, InterruptedException {
        Instant began = Instant.now();
        shop.deploy(service, release);
        leakyDeployed = Optional.of(began);
        tell("deploys " + service + " " + release);
    }

    final Answer agree(Remedy remedy, String sentence) {
        tell(sentence);
        return new Answer.Agreed(remedy, ON_CALL);
    }

    /// Agrees to the first remedy of a kind, and waits while there is none.
    final Answer agreeOrWait(List<Remedy> allowed, Class<? extends Remedy> kind, String sentence) {
        return first(allowed, kind).map(remedy -> agree(remedy, sentence)).orElseGet(Answer.Wait::new);
    }

    static Optional<Remedy> first(List<Remedy> allowed, Class<? extends Remedy> kind) {
        return allowed.stream().filter(kind::isInstance).findFirst();
    }

    final void tell(String sentence) {
        narrator.tell(Instant.now(), Voice.TEAM, sentence);
    }
}
