package io.staunch.drill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Where the shop is installed.
public record ShopHome(Path root) {
    /// Below the checkout that `STAUNCH_HOME` names.
    public static ShopHome of(Map<String, String> environment) throws DrillFailed {
        String checkout = environment.getOrDefault("STAUNCH_HOME", "");
        if (checkout.isEmpty()) {
            throw new DrillFailed("expected STAUNCH_HOME to name the checkout (./staunch sets it), found nothing");
        }
        ShopHome home = new ShopHome(Path.of(checkout, "shop", "target", "shop"));
        if (!Files.isExecutable(home.command())) {
            throw new DrillFailed(
                    "expected the shop's command " + home.command() + ", found none; ./staunch builds it");
        }
        return home;
    }

    Path command() {
        return root.resolve("bin").resolve("shop");
    }

    Path release(String service, String version) {
        return root.resolve("releases").resolve(service).resolve(version);
    }
}
