package io.staunch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlameTest {
    @Test
    void theUnitComesBeforeItsPartsAndThePlatformLast() {
        assertThat(order(
                        type("byte[]", 30_000, 900_000),
                        type("com.shop.Line", 30_000, 700_000),
                        type("java.util.HashMap$Node", 10_000, 320_000),
                        type("com.shop.Cart", 10_000, 240_000)))
                .containsExactly("com.shop.Cart", "com.shop.Line", "java.util.HashMap$Node", "byte[]");
    }

    @Test
    void threadsLeadWhenOnlyThePlatformGrows() {
        assertThat(order(
                        type("java.lang.Object[]", 9_600, 900_000),
                        type("java.util.Hashtable$Entry", 9_600, 300_000),
                        type("java.lang.Thread", 9_600, 400_000)))
                .startsWith("java.lang.Thread");
    }

    @Test
    void tasksOfExecutorsLeadBeforeTheirQueues() {
        assertThat(order(
                        type("java.lang.String", 9_600, 900_000),
                        type("java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask", 17_600, 90_000)))
                .first()
                .isEqualTo("java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask");
    }

    @Test
    void aFewStringsDoNotLeadBeforeThousandsOfArrays() {
        assertThat(order(type("java.lang.String", 360, 9_000), type("byte[]", 288_000, 4_700_000_000.0)))
                .containsExactly("byte[]", "java.lang.String");
        assertThat(order(type("java.lang.String", 280_000, 7_000_000), type("byte[]", 288_000, 4_700_000_000.0)))
                .containsExactly("java.lang.String", "byte[]");
    }

    @Test
    void originIsToldByThePackage() {
        assertThat(Origin.of("java.lang.String")).isEqualTo(Origin.PLATFORM);
        assertThat(Origin.of("byte[][]")).isEqualTo(Origin.PLATFORM);
        assertThat(Origin.of("sun.nio.ch.FileChannelImpl")).isEqualTo(Origin.PLATFORM);
        assertThat(Origin.of("javax.servlet.http.HttpSession")).isEqualTo(Origin.OWN);
        assertThat(Origin.of("com.shop.Cart[]")).isEqualTo(Origin.OWN);
        assertThat(Origin.of("Driver")).isEqualTo(Origin.OWN);
    }

    private static List<String> order(GrowingType... types) {
        return Blame.order(List.of(types)).stream().map(GrowingType::type).toList();
    }

    private static GrowingType type(String name, double instances, double bytes) {
        return new GrowingType(name, instances, bytes, 1, Instant.EPOCH);
    }
}
