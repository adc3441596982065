package io.staunch.cli.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.staunch.cli.Unreadable;
import io.staunch.detect.Verdict;
import io.staunch.server.Gate.Answer;
import io.staunch.server.Gate.Judged;
import io.staunch.server.Gate.Question;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A watching daemon, asked at its `/v1/gate`.
final class DaemonJudge implements Judge {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI daemon;
    private final Optional<String> token;

    /// @param token with the right to read, where the daemon wants one
    DaemonJudge(URI daemon, Optional<String> token) {
        this.daemon = daemon;
        this.token = token;
    }

    /// Where a daemon is.
    ///
    /// @throws Unreadable if it is no address; the message does not show it
    static URI address(String text) throws Unreadable {
        try {
            URI address = URI.create(text.endsWith("/") ? text : text + "/");
            if (Stream.of("http", "https").anyMatch(scheme -> scheme.equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Its message would show the text.
        }
        throw new Unreadable("--daemon: expected http://HOST:PORT or https://HOST:PORT, found another text");
    }

    @Override
    public Judged ask(Question question) throws Unreadable, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(daemon.resolve("v1/gate?service="
                        + coded(question.service()) + "&baseline=" + coded(question.baseline()) + "&canary="
                        + coded(question.canary()) + "&tolerate=" + question.tolerable() + "B"))
                .timeout(TIMEOUT);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            return switch (answer.statusCode()) {
                case 200 -> read(answer.body());
                case 401, 403 ->
                    throw new Unreadable(daemon + ": expected a token that may read in " + GateCommand.TOKEN
                            + ", found " + (token.isPresent() ? "one that may not" : "none"));
                default -> throw noDaemon("status " + answer.statusCode());
            };
        } catch (IOException e) {
            throw noDaemon(Optional.ofNullable(e.getMessage()).orElse("no connection"));
        }
    }

    private Judged read(String body) throws Unreadable {
        try {
            JsonNode form = JSON.readTree(body);
            for (Answer answer : Answer.values()) {
                if (form.path("verdict").asString("").equals(answer.word())) {
                    return new Judged(answer, form.path("why").asString(""), rate(form));
                }
            }
        } catch (JacksonException e) {
            throw noDaemon("something else");
        }
        throw noDaemon("another JSON");
    }

    private static Optional<Verdict.Rate> rate(JsonNode form) {
        return form.path("ratePerHour").isNumber()
                ? Optional.of(new Verdict.Rate(
                        form.path("ratePerHour").asDouble(),
                        form.path("rateLow").asDouble(),
                        form.path("rateHigh").asDouble()))
                : Optional.empty();
    }

    private Unreadable noDaemon(String found) {
        return new Unreadable(daemon + ": expected a daemon (staunch watch) that answers, found " + found
                + "; --prometheus judges without one");
    }

    private static String coded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
