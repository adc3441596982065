package io.staunch.drill;

import java.util.List;

/// Days on which nothing leaks, though it may look like it.
public enum ControlName {
    /// A harmless release is deployed.
    DEPLOYMENT("2.3.0", "", ""),
    /// Two and a half times the visitors for half a minute.
    SURGE("2.3.0", "", "--surge-after 25s --surge-for 30s --surge-factor 2.5"),
    /// The cache is emptied by a restart and fills again.
    CACHE_WARM_UP("2.3.0", "", ""),
    /// A job asks for everything at once for a while, beside the visitors.
    BATCH_JOB("2.4.1", "", ""),
    /// The same service in half the memory.
    LOWER_LIMIT("2.4.1", "--heap 64", "");

    private final String release;
    private final String shopOptions;
    private final String loadOptions;

    ControlName(String release, String shopOptions, String loadOptions) {
        this.release = release;
        this.shopOptions = shopOptions;
        this.loadOptions = loadOptions;
    }

    Opening opening(int visitsPerSecond) {
        return new Opening(release, false, visitsPerSecond, "", words(shopOptions), words(loadOptions));
    }

    private static List<String> words(String options) {
        return options.isEmpty() ? List.of() : List.of(options.split(" ", -1));
    }
}
