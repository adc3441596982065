package io.staunch.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Instant START = Instant.parse("1969-12-31T23:59:58.123456789Z");

    @Test
    void samplesComeBackAsTheyWent() {
        History history = new History(1_000);
        List<Sample> went = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Sample sample = new Sample(START.plusMillis(7L * i), i * Math.PI);
            went.add(sample);
            history.add(sample);
        }
        assertThat(history.view()).isEqualTo(went);
        assertThat(history.getLast()).isEqualTo(went.getLast());
    }

    @Test
    void whenItIsFullEveryOtherSampleGoesAndTheLatestStays() {
        History history = new History(100);
        for (int i = 0; i <= 100; i++) {
            history.add(new Sample(START.plusSeconds(i), i));
        }
        assertThat(history.size()).isEqualTo(51);
        List<Double> values = history.view().stream().map(Sample::value).toList();
        assertThat(values).startsWith(1.0, 3.0, 5.0).endsWith(97.0, 99.0, 100.0);
    }

    @Test
    void aViewStaysAsItWasWhateverIsAdded() {
        History history = new History(100);
        List<List<Sample>> views = new ArrayList<>();
        List<List<Sample>> copies = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            history.add(new Sample(START.plusSeconds(i), i));
            views.add(history.view());
            copies.add(List.copyOf(history.view()));
        }
        assertThat(views).isEqualTo(copies);
        assertThat(history.size()).isLessThanOrEqualTo(100);
    }
}
