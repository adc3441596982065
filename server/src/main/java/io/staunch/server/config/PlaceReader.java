package io.staunch.server.config;

import io.staunch.collect.JmxAddress;
import io.staunch.collect.MetricsQuery;
import io.staunch.collect.PrometheusServer;
import io.staunch.collect.PrometheusServer.Login;
import io.staunch.server.Place;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads where the instances of a service are that are not found among the processes of this host.
final class PlaceReader {
    private PlaceReader() {}

    static List<Place> places(String name, Section service) throws ConfigurationWrong {
        List<Place> places = new ArrayList<>();
        for (Section one : service.sections("jmx", List.of("address", "user", "password-file", "registry-tls"))) {
            places.add(new Place.Jmx(name, jmx(one)));
        }
        for (Section one : service.sections("redis", List.of("url", "user", "password-file"))) {
            places.add(new Place.Redis(name, redis(one)));
        }
        Optional<Section> metrics = service.section(
                "prometheus", List.of("url", "selector", "history", "user", "password-file", "token-file"));
        if (metrics.isPresent()) {
            places.add(metrics(name, metrics.get()));
        }
        return places;
    }

    private static JmxAddress jmx(Section one) throws ConfigurationWrong {
        Optional<String> user = one.value("user", text -> text);
        Optional<String> password = one.value("password-file", ConfigurationReader::secret);
        boolean tls = one.value("registry-tls", ConfigurationReader::yesOrNo).orElse(false);
        return one.required("address", text -> JmxAddress.of(text, user, password, tls));
    }

    private static URI redis(Section one) throws ConfigurationWrong {
        Optional<String> user = one.value("user", text -> text);
        Optional<String> password = one.value("password-file", ConfigurationReader::secret);
        return one.required("url", text -> redis(text, user.orElse(""), password));
    }

    private static URI redis(String text, String user, Optional<String> password) {
        String expected = "expected redis://HOST:PORT or rediss://HOST:PORT without a password, found another text";
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            // Its message would show the text.
            throw new IllegalArgumentException(expected);
        }
        boolean redis = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
        if (!redis || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(expected);
        }
        String login = password.map(secret -> encoded(user) + ":" + encoded(secret) + "@")
                .orElse("");
        return URI.create(text.replaceFirst("//", "//" + login.replace("$", "\\$")));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Place metrics(String name, Section one) throws ConfigurationWrong {
        Optional<String> token = one.value("token-file", ConfigurationReader::secret);
        Optional<String> user = one.value("user", text -> text);
        String password =
                one.value("password-file", ConfigurationReader::secret).orElse("");
        PrometheusServer plain = one.required("url", text -> PrometheusServer.of(text, token));
        PrometheusServer server =
                user.isPresent() ? new PrometheusServer(plain.address(), new Login.Basic(user.get(), password)) : plain;
        Optional<String> selector = one.value("selector", text -> text);
        return one.value("history", text -> query(name, selector, text))
                .map(query -> new Place.Metrics(name, server, query))
                .orElseGet(() ->
                        new Place.Metrics(name, server, new MetricsQuery(name, selector, MetricsQuery.USUAL_HISTORY)));
    }

    private static MetricsQuery query(String name, Optional<String> selector, String history) {
        return new MetricsQuery(name, selector, Quantities.duration(history));
    }
}
