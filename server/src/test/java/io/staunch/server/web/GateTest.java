package io.staunch.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.server.Gate;
import io.staunch.server.Gate.Answer;
import io.staunch.server.Gate.Judged;
import io.staunch.server.Gate.Question;
import io.staunch.server.WatchedTarget;
import io.staunch.server.web.Flagger.Hook;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Question QUESTION = new Question("shop", "1.0", "1.1", Gate.TOLERABLE_BYTES);

    @Test
    void aCanaryThatGrowsWhereItsBaselineDoesNotFails() {
        Judged judged = judge(Canaries.instance(1, "1.0", 120, 0), Canaries.instance(2, "1.1", 120, 120));
        assertThat(judged.answer()).as(judged.why()).isEqualTo(Answer.FAIL);
        assertThat(judged.rate().orElseThrow().perHour()).isBetween(100e6, 150e6);
    }

    @Test
    void aCanaryThatIsNoWorsePasses() {
        Judged judged = judge(
                Canaries.instance(1, "1.0", 120, 60),
                Canaries.instance(2, "1.1", 120, 60),
                Canaries.instance(3, "1.1", 120, 60));
        assertThat(judged.answer()).as(judged.why()).isEqualTo(Answer.PASS);
    }

    @Test
    void afterTwoMinutesItCanNotTell() {
        Judged judged = judge(Canaries.instance(1, "1.0", 2, 0), Canaries.instance(2, "1.1", 2, 120));
        assertThat(judged.answer()).as(judged.why()).isEqualTo(Answer.UNSURE);
    }

    @Test
    void aBaselineThatIsKnownFromItsThirdDayOnHasNothingInCommonWithAYoungCanary() {
        Judged judged = judge(Canaries.seen(1, "1.0", 3 * 1440, 4 * 1440, 0), Canaries.instance(2, "1.1", 120, 120));
        assertThat(judged.answer()).isEqualTo(Answer.UNSURE);
        assertThat(judged.why())
                .contains(
                        "known from an uptime of 3 days on",
                        "canary is 119 min old",
                        "a fresh instance of the baseline");
    }

    @Test
    void withoutAnInstanceOfBothItCanNotTell() {
        Judged judged = judge(Canaries.instance(1, "1.0", 120, 0));
        assertThat(judged.answer()).isEqualTo(Answer.UNSURE);
        assertThat(judged.why()).contains("no instance of shop in the release of the canary");
    }

    @Test
    void inDoubtFlaggerNeitherPromotesNorFailsNorRollsBack() {
        Judged doubt = Judged.unsure("too early");
        assertThat(Hook.CONFIRM.status(doubt)).isEqualTo(409);
        assertThat(Hook.ROLLOUT.status(doubt)).isEqualTo(200);
        assertThat(Hook.ROLLBACK.status(doubt)).isEqualTo(409);
    }

    private static Judged judge(WatchedTarget... targets) {
        return Gate.judge(QUESTION, List.of(targets));
    }
}
