package io.staunch.server.config;

import io.staunch.collect.Target;
import io.staunch.server.InvestigationOptions;
import io.staunch.server.Place;
import io.staunch.server.WatchPlan;
import io.staunch.server.alert.Alerting;
import io.staunch.server.response.Charge;
import io.staunch.server.response.Charges;
import io.staunch.server.store.Retention;
import io.staunch.server.store.StoreAddress;
import io.staunch.server.web.Interface;
import io.staunch.server.web.Limits;
import io.staunch.server.web.Tls;
import io.staunch.server.web.Tokens;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// What the daemon is told to do.
///
/// @param listen       where it is served; taken up at the next start
/// @param watching     how a target is watched, unless its service says otherwise
/// @param onlyServices whether what belongs to no service is left alone
/// @param services     the first that fits counts
/// @param storing      what is kept, and for how long
/// @param alerts       who is told of leaks; taken up at the next start
/// @param pace         the times of incidents, and the budget of acts
public record Configuration(
        Listen listen,
        InvestigationOptions watching,
        boolean onlyServices,
        List<ServiceRule> services,
        Storing storing,
        Alerting.Options alerts,
        Pace pace)
        implements WatchPlan, Charges {
    /// What holds without a file: every JVM, Redis server and large process of this host, no heap dumps, the page on
    /// loopback.
    public static final Configuration USUAL = new Configuration(
            new Listen(
                    InetAddress.getLoopbackAddress(),
                    Optional.empty(),
                    true,
                    Tokens.NONE,
                    Optional.empty(),
                    Limits.USUAL),
            InvestigationOptions.watching(false),
            false,
            List.of(),
            new Storing(Optional.empty(), Retention.USUAL),
            Alerting.Options.NONE,
            Pace.USUAL);

    public Configuration {
        services = List.copyOf(services);
    }

    /// Where page and API are served.
    ///
    /// @param port   the usual one if absent
    /// @param page   whether there is a page, not only the API
    /// @param tokens needed on any address but loopback
    /// @param tls    absent for plain HTTP
    public record Listen(
            InetAddress address,
            Optional<Integer> port,
            boolean page,
            Tokens tokens,
            Optional<Tls> tls,
            Limits limits) {
        /// To be served there.
        ///
        /// @param port instead of the one that is listened on
        /// @param page whether there is a page, not only the API
        public Interface on(int port, boolean page) {
            return new Interface(address, port, page, tokens, tls, limits);
        }
    }

    /// What is kept.
    ///
    /// @param address where; a file of our own if absent; taken up at the next start
    public record Storing(Optional<StoreAddress> address, Retention retention) {}

    @Override
    public Charge of(String service) {
        return services.stream()
                .filter(rule -> rule.name().equals(service))
                .findFirst()
                .map(ServiceRule::charge)
                .orElse(Charge.LOOK);
    }

    @Override
    public Optional<Course> courseFor(Target target) {
        Optional<ServiceRule> rule =
                services.stream().filter(service -> service.fits(target)).findFirst();
        if (rule.isPresent()) {
            return rule.map(this::course);
        }
        return onlyServices || !WatchPlan.isWorthWatching(target)
                ? Optional.empty()
                : Optional.of(new Course(target.name(), watching));
    }

    @Override
    public List<Place> places() {
        return services.stream().flatMap(service -> service.places().stream()).toList();
    }

    @Override
    public Course courseAt(String service) {
        return services.stream()
                .filter(rule -> rule.name().equals(service))
                .findFirst()
                .map(this::course)
                .orElseGet(() -> new Course(service, watching));
    }

    private Course course(ServiceRule service) {
        return new Course(
                service.name(),
                watching.dumping(service.heapDump().orElse(watching.dump())).limiting(service.limits()));
    }
}
