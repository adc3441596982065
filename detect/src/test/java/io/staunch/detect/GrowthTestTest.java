package io.staunch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.GrowthTest.Course;
import org.junit.jupiter.api.Test;

class GrowthTestTest {
    private static final double[] EVERY_FIVE_SECONDS = {0, 5, 10, 15, 20, 25, 30, 35};

    @Test
    void evenGrowthPilesUpAtItsRate() {
        var result = of(100, 150, 200, 250, 300, 350, 400, 450);
        assertThat(result.course()).isEqualTo(Course.PILES_UP);
        assertThat(result.rate().perHour()).isEqualTo(36_000);
        assertThat(result.score()).isEqualTo(1);
    }

    @Test
    void growthThatEndedFlattens() {
        assertThat(of(100, 200, 300, 400, 450, 451, 451, 451).course()).isEqualTo(Course.FLATTENS);
    }

    @Test
    void upAndDownFluctuates() {
        assertThat(of(100, 200, 90, 210, 100, 220, 110, 230).course()).isEqualTo(Course.FLUCTUATES);
    }

    @Test
    void growthWithOneSmallDipStillPilesUp() {
        assertThat(of(100, 150, 200, 195, 260, 310, 350, 410).course()).isEqualTo(Course.PILES_UP);
    }

    @Test
    void sameCountsStay() {
        assertThat(of(7, 7, 7, 7, 7, 7, 7, 7).course()).isEqualTo(Course.STAYS);
    }

    private static GrowthTest.Result of(double... values) {
        return GrowthTest.of(EVERY_FIVE_SECONDS, values);
    }
}
