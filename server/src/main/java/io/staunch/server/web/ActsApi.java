package io.staunch.server.web;

import io.staunch.incident.Incident;
import io.staunch.remedy.Remedy;
import io.staunch.server.response.Duty;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The part of the API that acts: what can be agreed to, agreeing to it, and the kill switch.
final class ActsApi {
    private static final String OFFERS = "/api/v1/acts";
    private static final String KILL_SWITCH = "/api/v1/kill-switch";
    private static final String INCIDENTS = "/api/v1/incidents/";
    private static final String ACTS = "/acts";
    private static final Set<String> FIELDS = Set.of("act", "to");
    private static final JsonMapper JSON = new JsonMapper();

    private final Shown shown;

    ActsApi(Shown shown) {
        this.shown = shown;
    }

    static boolean owns(String path) {
        return path.equals(OFFERS) || path.equals(KILL_SWITCH) || isActsOfAnIncident(path);
    }

    private static boolean isActsOfAnIncident(String path) {
        return path.startsWith(INCIDENTS) && path.endsWith(ACTS) && path.length() > INCIDENTS.length() + ACTS.length();
    }

    static Set<String> methods(String path) {
        if (path.equals(KILL_SWITCH)) {
            return Set.of("GET", "HEAD", "POST", "DELETE");
        }
        return path.equals(OFFERS) ? Set.of("GET", "HEAD") : Set.of("POST");
    }

    static Right needed(String method, String path) {
        if (method.equals("GET") || method.equals("HEAD")) {
            return Right.READ;
        }
        return path.equals(KILL_SWITCH) ? Right.ADMIN : Right.ACT;
    }

    Response answer(Request request) {
        Optional<Duty> duty = shown.duty();
        if (duty.isEmpty()) {
            return Response.error(503, "nobody looks after incidents here");
        }
        return switch (request.path()) {
            case OFFERS -> Response.json(offers(duty.get()));
            case KILL_SWITCH -> killSwitch(duty.get(), request);
            default -> agree(duty.get(), request);
        };
    }

    private static Map<String, Object> offers(Duty duty) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("schema", "staunch.acts/1");
        form.put("killSwitch", form(duty));
        form.put("acts", duty.offers().stream().map(ActsApi::offer).toList());
        return form;
    }

    private static Map<String, Object> offer(Duty.Offer offer) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("incident", offer.incident());
        form.putAll(form(offer.remedy()));
        return form;
    }

    private static Map<String, Object> form(Remedy remedy) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("service", remedy.service());
        form.put("act", remedy.act());
        form.put("from", remedy.origin().version());
        form.put("to", remedy.target().version());
        form.put("order", remedy.order());
        return form;
    }

    private static Response killSwitch(Duty duty, Request request) {
        try {
            switch (request.method()) {
                case "POST" -> duty.throwKillSwitch(true, request.from());
                case "DELETE" -> duty.throwKillSwitch(false, request.from());
                default -> {
                    // Only asked for.
                }
            }
            return Response.json(form(duty));
        } catch (IOException e) {
            return Response.error(500, "the kill switch: " + e.getMessage());
        }
    }

    private static Map<String, Object> form(Duty duty) {
        Optional<String> by = duty.killSwitch().thrown();
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("thrown", by.isPresent());
        by.ifPresent(who -> form.put("by", who));
        return form;
    }

    private static Response agree(Duty duty, Request request) {
        String path = request.path();
        String id = path.substring(INCIDENTS.length(), path.length() - ACTS.length());
        Optional<Incident> incident = duty.incidents().stream()
                .filter(known -> known.id().equals(id) && known.status() == Incident.Status.OPEN)
                .findFirst();
        if (incident.isEmpty()) {
            return Response.error(404, "expected the id of an open incident, found none such");
        }
        try {
            JsonNode form = form(request.body());
            String act = form.path("act").asString("");
            Optional<String> to = Optional.of(form.path("to").asString("")).filter(version -> !version.isEmpty());
            return duty.agree(incident.get(), act, to, request.from())
                    .map(remedy -> agreed(incident.get(), remedy, request.from()))
                    .orElseGet(() -> Response.error(409, notOffered(duty, id)));
        } catch (IllegalArgumentException e) {
            return Response.error(400, String.valueOf(e.getMessage()));
        }
    }

    private static Response agreed(Incident incident, Remedy remedy, String by) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("incident", incident.id());
        form.putAll(form(remedy));
        form.put("agreedBy", by);
        return Response.json(202, form);
    }

    private static String notOffered(Duty duty, String id) {
        Set<String> offered = new TreeSet<>();
        duty.offers().stream()
                .filter(offer -> offer.incident().equals(id))
                .forEach(offer -> offered.add(
                        offer.remedy().act() + " to " + offer.remedy().target().version()));
        return "expected an act that the guard rails allow now ("
                + (offered.isEmpty() ? "there is none" : String.join(", ", offered)) + "), found another";
    }

    private static JsonNode form(String body) {
        try {
            JsonNode root = JSON.readTree(body);
            Set<String> unknown = new TreeSet<>(root.propertyNames());
            unknown.removeAll(FIELDS);
            if (root.isObject() && unknown.isEmpty() && root.path("act").isString()) {
                return root;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("expected a JSON object with act and to, found something else", e);
        }
        throw new IllegalArgumentException("expected a JSON object with act and to, found something else");
    }
}
