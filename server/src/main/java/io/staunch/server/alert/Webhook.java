package io.staunch.server.alert;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// A plain webhook: `staunch.alert/1`, once for each thing that is new.
final class Webhook implements Route {
    private final URI to;
    private final Optional<String> token;
    private final Post post = new Post();

    Webhook(URI to, Optional<String> token) {
        this.to = to;
        this.token = token;
    }

    @Override
    public String name() {
        return "webhook " + to.getHost();
    }

    @Override
    public Optional<String> tell(Alert alert, Optional<String> thread, Instant now)
            throws IOException, InterruptedException {
        post.send(to, token, alert.form());
        return Optional.empty();
    }
}
