package io.staunch.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final InetAddress ONE = InetAddress.ofLiteral("10.0.0.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("10.0.0.2");

    private final AtomicLong nanos = new AtomicLong();
    private final Throttle throttle = new Throttle(Limits.USUAL.with(10, 25, 1), nanos::get);

    @Test
    void fourSecondsWorthMayComeAtOnceAndThenSoManyASecond() {
        assertThat(answered(ONE, 1_000)).isEqualTo(40);
        nanos.addAndGet(1_000_000_000L);
        assertThat(answered(ONE, 1_000)).isEqualTo(10);
        nanos.addAndGet(3_600_000_000_000L);
        assertThat(answered(ONE, 1_000)).isEqualTo(40);
    }

    @Test
    void oneClientTakesNothingFromAnotherUntilAllTogetherAreTooMany() {
        assertThat(answered(ONE, 1_000)).isEqualTo(40);
        assertThat(answered(OTHER, 1_000)).isEqualTo(40);
        assertThat(answered(InetAddress.ofLiteral("10.0.0.3"), 1_000)).isEqualTo(20);
        assertThat(answered(InetAddress.ofLiteral("10.0.0.4"), 1_000)).isZero();
    }

    @Test
    void addressesOfOneNetworkOfIpv6AreOneClient() {
        assertThat(answered(InetAddress.ofLiteral("2001:db8:1:2::1"), 1_000)).isEqualTo(40);
        assertThat(answered(InetAddress.ofLiteral("2001:db8:1:2:ffff::9"), 1_000))
                .isZero();
        assertThat(answered(InetAddress.ofLiteral("2001:db8:1:3::1"), 1_000)).isEqualTo(40);
    }

    private long answered(InetAddress client, int asked) {
        return IntStream.range(0, asked).filter(_ -> throttle.mayAsk(client)).count();
    }
}
