package io.staunch.server.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.remedy.Release;
import io.staunch.remedy.Remedy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApprovalsTest {
    private static final Release BAD = new Release("shop", "2.0", Optional.empty(), List.of());
    private static final Release GOOD = new Release("shop", "1.0", Optional.empty(), List.of());
    private static final Remedy ROLLBACK = new Remedy.RollBack("shop", BAD, GOOD);
    private static final Remedy RESTART = new Remedy.Restart("shop", BAD);

    private final Approvals approvals = new Approvals();

    @Test
    void onlyWhatIsOfferedCanBeAgreedTo() {
        assertThat(approvals.agree("shop", "restart", Optional.empty(), "jo")).isEmpty();
        approvals.decide("shop", List.of(ROLLBACK));
        assertThat(approvals.agree("shop", "restart", Optional.empty(), "jo")).isEmpty();
        assertThat(approvals.agree("shop", "rollback", Optional.of("0.9"), "jo"))
                .isEmpty();
        assertThat(approvals.agree("shop", "rollback", Optional.of("1.0"), "jo"))
                .contains(ROLLBACK);
    }

    @Test
    void nothingCanBeAgreedToWhileTheEffectOfAnActIsWatched() {
        approvals.decide("shop", List.of(ROLLBACK, RESTART));
        approvals.withdraw("shop");
        assertThat(approvals.offered("shop")).isEmpty();
        assertThat(approvals.agree("shop", "rollback", Optional.empty(), "jo")).isEmpty();
        approvals.decide("shop", List.of(RESTART));
        assertThat(approvals.agree("shop", "restart", Optional.empty(), "jo")).contains(RESTART);
    }

    @Test
    void anAgreementIsTakenUpOnce() {
        approvals.decide("shop", List.of(ROLLBACK, RESTART));
        approvals.agree("shop", "restart", Optional.empty(), "jo");
        assertThat(approvals.decide("shop", List.of(ROLLBACK, RESTART)))
                .isEqualTo(new OnCall.Answer.Agreed(RESTART, "jo"));
        assertThat(approvals.decide("shop", List.of(ROLLBACK, RESTART))).isEqualTo(new OnCall.Answer.Wait());
    }

    @Test
    void anAgreementToWhatIsNotAllowedAnyMoreIsVoid() {
        approvals.decide("shop", List.of(ROLLBACK));
        approvals.agree("shop", "rollback", Optional.empty(), "jo");
        assertThat(approvals.decide("shop", List.of(RESTART))).isEqualTo(new OnCall.Answer.Wait());
        assertThat(approvals.decide("shop", List.of(ROLLBACK))).isEqualTo(new OnCall.Answer.Wait());
    }
}
