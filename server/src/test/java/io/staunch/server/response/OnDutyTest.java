package io.staunch.server.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnDutyTest {
    @TempDir
    Path directory;

    @Test
    void whoComesNextFindsWhatWasTakenAndNotDone() throws Exception {
        OnDuty first = OnDuty.in(directory.resolve("on-duty"));
        first.take("20260301-shop-1");
        first.take("20260301-auth-1");
        first.done("20260301-auth-1");
        assertThat(OnDuty.in(directory.resolve("on-duty")).left()).containsExactly("20260301-shop-1");
    }

    @Test
    void aDrillLeavesNothingToWhoeverComesNext() throws Exception {
        OnDuty drill = OnDuty.once();
        drill.take("20260301-shop-1");
        assertThat(drill.left()).isEmpty();
    }

    @Test
    void releasesThatWereSeenGoodAreKnownAtTheNextStart() throws Exception {
        Path file = directory.resolve("good-releases");
        assertThat(GoodReleases.in(file).add("shop", "1.0")).isTrue();
        assertThat(GoodReleases.in(file).add("shop", "1.0")).isFalse();
        assertThat(GoodReleases.in(file).of("shop")).containsExactly("1.0");
        assertThat(GoodReleases.in(file).of("auth")).isEmpty();
    }
}
