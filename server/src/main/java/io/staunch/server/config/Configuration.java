package io.staunch.server.config;

import io.staunch.collect.JvmInfo;
import io.staunch.server.InvestigationOptions;
import io.staunch.server.WatchPlan;
import java.util.List;
import java.util.Optional;

/// What the daemon is told to do.
///
/// @param listen       where it is served; taken up at the next start
/// @param watching     how a JVM is watched, unless its service says otherwise
/// @param onlyServices whether JVMs that belong to no service are left alone
/// @param services     the first that fits counts
public record Configuration(
        Listen listen, InvestigationOptions watching, boolean onlyServices, List<ServiceRule> services)
        implements WatchPlan {
    /// What holds without a file: every JVM of this host, no heap dumps, the page on loopback.
    public static final Configuration USUAL = new Configuration(
            new Listen(Optional.empty(), true), InvestigationOptions.watching(false), false, List.of());

    public Configuration {
        services = List.copyOf(services);
    }

    /// Where page and API are served.
    ///
    /// @param port the usual one if absent
    /// @param page whether there is a page, not only the API
    public record Listen(Optional<Integer> port, boolean page) {}

    @Override
    public Optional<Course> courseFor(JvmInfo jvm) {
        Optional<ServiceRule> rule =
                services.stream().filter(service -> service.fits(jvm)).findFirst();
        if (rule.isEmpty() && onlyServices) {
            return Optional.empty();
        }
        return Optional.of(rule.map(service -> new Course(
                        service.name(),
                        watching.dumping(service.heapDump().orElse(watching.dump()))
                                .limiting(service.limits())))
                .orElseGet(() -> new Course(jvm.name(), watching)));
    }
}
