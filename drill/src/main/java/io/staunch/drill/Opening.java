package io.staunch.drill;

import java.util.ArrayList;
import java.util.List;

/// How the shop of a drill is opened.
///
/// @param release     of `shop-api`, the good one
/// @param balanced    whether a load balancer stands before it
/// @param leaky       the service that the incident is about: its people answer for it; empty for none
/// @param shopOptions further options of the shop
/// @param loadOptions further options of its load
record Opening(
        String release,
        boolean balanced,
        int visitsPerSecond,
        String leaky,
        List<String> shopOptions,
        List<String> loadOptions) {
    static final String GATEWAY_RELEASE = "1.8.0";
    static final String CACHE_RELEASE = "6.2.11-1";

    Opening {
        shopOptions = List.copyOf(shopOptions);
        loadOptions = List.copyOf(loadOptions);
    }

    Opening(String release, boolean balanced, int visitsPerSecond, String leaky) {
        this(release, balanced, visitsPerSecond, leaky, List.of(), List.of());
    }

    List<String> options() {
        List<String> options = new ArrayList<>(
                List.of("--release", release, "--gateway-release", GATEWAY_RELEASE, "--cache-release", CACHE_RELEASE));
        if (balanced) {
            options.add("--balanced");
        }
        options.addAll(shopOptions);
        return options;
    }
}
