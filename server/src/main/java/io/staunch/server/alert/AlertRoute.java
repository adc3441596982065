package io.staunch.server.alert;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// A receiver of alerts as the configuration names it.
///
/// @param url     where it is; a hosted service's own address if absent
/// @param secret  its key or token; never shown
/// @param channel of Slack
public record AlertRoute(Kind kind, Optional<URI> url, Optional<String> secret, Optional<String> channel) {
    /// What can be told.
    public enum Kind {
        ALERTMANAGER,
        PAGERDUTY,
        SLACK,
        WEBHOOK
    }

    public AlertRoute {
        boolean needsUrl = kind == Kind.ALERTMANAGER || kind == Kind.WEBHOOK;
        boolean needsSecret = kind == Kind.PAGERDUTY || kind == Kind.SLACK;
        if (needsUrl && url.isEmpty()) {
            throw new IllegalArgumentException("expected a url, found none");
        }
        if (needsSecret && secret.isEmpty()) {
            throw new IllegalArgumentException("expected a secret-file, found none");
        }
        if ((kind == Kind.SLACK) != channel.isPresent()) {
            throw new IllegalArgumentException("expected a channel for Slack and for nothing else");
        }
        if (kind == Kind.ALERTMANAGER && secret.isPresent()) {
            throw new IllegalArgumentException("expected no secret-file for Alertmanager, found one");
        }
    }

    Route open() {
        return switch (kind) {
            case ALERTMANAGER -> new Alertmanager(url.orElseThrow());
            case PAGERDUTY -> new PagerDuty(url.orElse(PagerDuty.USUAL), secret.orElseThrow());
            case SLACK -> new Slack(url.orElse(Slack.USUAL), secret.orElseThrow(), channel.orElseThrow());
            case WEBHOOK -> new Webhook(url.orElseThrow(), secret);
        };
    }

    /// Names it among others, at the next start too. An address may be a secret: only what tells it from others is
    /// shown.
    String key() {
        String address = url.map(URI::toString).orElse("") + " " + channel.orElse("");
        return kind.name().toLowerCase(Locale.ROOT) + " "
                + UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return kind + " " + url.map(URI::getHost).orElse("");
    }
}
