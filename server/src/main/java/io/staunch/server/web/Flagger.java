package io.staunch.server.web;

import io.staunch.server.Gate;
import io.staunch.server.Gate.Judged;
import io.staunch.server.Gate.Question;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Flagger's webhooks: it reads the status alone, 200 for yes and 409 for no. In doubt a promotion is not confirmed, a
/// check does not fail, and nothing is rolled back.
final class Flagger {
    private static final JsonMapper JSON = new JsonMapper();

    private Flagger() {}

    /// The hooks, by what Flagger asks.
    enum Hook {
        /// `confirm-promotion` and `confirm-traffic-increase`: may it go on?
        CONFIRM,
        /// `rollout`: does the check hold?
        ROLLOUT,
        /// `rollback`: must it be undone?
        ROLLBACK;

        int status(Judged judged) {
            boolean yes = switch (this) {
                case CONFIRM -> judged.answer() == Gate.Answer.PASS;
                case ROLLOUT -> judged.answer() != Gate.Answer.FAIL;
                case ROLLBACK -> judged.answer() == Gate.Answer.FAIL;
            };
            return yes ? 200 : 409;
        }
    }

    /// The question in a hook's body: `metadata` has `baseline` and `canary`, and `service` if it is not the name.
    ///
    /// @throws IllegalArgumentException if it has not
    static Question question(String body) {
        try {
            JsonNode root = JSON.readTree(body);
            JsonNode metadata = root.path("metadata");
            return new Question(
                    metadata.path("service").asString(root.path("name").asString("")),
                    text(metadata, "baseline"),
                    text(metadata, "canary"),
                    Gate.TOLERABLE_BYTES);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("expected Flagger's JSON, found something else", e);
        }
    }

    private static String text(JsonNode metadata, String field) {
        JsonNode value = metadata.path(field);
        if (!value.isString()) {
            throw new IllegalArgumentException("metadata." + field + ": expected a release, found none");
        }
        return value.asString();
    }
}
