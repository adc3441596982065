package io.staunch.server.web;

import java.time.Duration;

/// What callers may ask of the daemon, so that it goes on watching whoever asks for how much.
///
/// @param requests    a second, of one client: an IPv4 address, or the first half of an IPv6 address; four times as
/// many
///                    at once
/// @param inAll       a second, of all clients together
/// @param listeners   to live events, at once
/// @param connections at once; more wait until one ends
/// @param request     until a request has come, counted from the connection's opening or the answer before it
/// @param answer      from a request's head until its body has come and the answer has gone; of live events, for each
public record Limits(int requests, int inAll, int listeners, int connections, Duration request, Duration answer) {
    /// What holds unless the configuration says otherwise.
    public static final Limits USUAL = new Limits(100, 500, 200, 2_000, Duration.ofSeconds(15), Duration.ofSeconds(30));

    /// The same with others of what the configuration can say.
    public Limits with(int requestsOfOne, int requestsInAll, int listening) {
        return new Limits(requestsOfOne, requestsInAll, listening, connections, request, answer);
    }
}
