package io.staunch.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.collect.Collector;
import io.staunch.collect.Cost;
import io.staunch.collect.JvmInfo;
import io.staunch.detect.DetectorOptions;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Diagnosis;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.Measured;
import io.staunch.diagnose.Observations;
import io.staunch.server.Floor;
import io.staunch.server.Outcome;
import io.staunch.server.soak.Readiness;
import io.staunch.server.soak.SideName;
import io.staunch.server.soak.SmallestLeak;
import io.staunch.server.soak.SoakAnswer;
import io.staunch.server.soak.SoakPlan;
import io.staunch.server.soak.Soaked;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/// The page is read by an XML parser.
class SoakPageTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final double MIB = 1 << 20;

    @Test
    void bothFloorsAreDrawnAndTheSmallestLeakIsDashed() throws Exception {
        Document page = parsed(SoakPage.of(soaked("java -jar new.jar", true)));
        NodeList lines = page.getElementsByTagName("polyline");
        assertThat(lines.getLength()).isEqualTo(2);
        assertThat(((Element) lines.item(0)).getAttribute("points").split(" ", -1))
                .hasSize(20);
        List<Element> dashed = new ArrayList<>();
        NodeList straight = page.getElementsByTagName("line");
        for (int i = 0; i < straight.getLength(); i++) {
            if (((Element) straight.item(i)).hasAttribute("stroke-dasharray")) {
                dashed.add((Element) straight.item(i));
            }
        }
        assertThat(dashed)
                .hasSize(2)
                .first()
                .satisfies(leak -> assertThat(Double.parseDouble(leak.getAttribute("y2")))
                        .isLessThan(Double.parseDouble(leak.getAttribute("y1"))));
        assertThat(page.getDocumentElement().getTextContent())
                .contains(
                        "PASSED: no leak", "a leak of 12 MiB an hour or more", "java -jar old.jar", "stood still for");
    }

    @Test
    void whatLooksLikeMarkupIsText() throws Exception {
        Document page = parsed(SoakPage.of(soaked("run <script src='http://evil'>alert(1)</script> & \"it\"", false)));
        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getDocumentElement().getTextContent()).contains("<script src='http://evil'>");
    }

    @Test
    void nothingIsFetched() throws Exception {
        String page = SoakPage.of(soaked("new", true));
        assertThat(page).doesNotContain("src=", "href=", "@import", "url(");
    }

    @Test
    void withoutASampleThereIsNoDrawing() throws Exception {
        Soaked soaked = soaked("new", false);
        Soaked.Run empty = new Soaked.Run(
                SideName.CANDIDATE, soaked.candidate().outcome(), Optional.empty(), Optional.of("with exit code 1"));
        Soaked nothing = new Soaked(
                soaked.plan(),
                empty,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                new SoakAnswer.Undecided("it was interrupted", "Soak for longer."));
        Document page = parsed(SoakPage.of(nothing));
        assertThat(page.getElementsByTagName("svg").getLength()).isZero();
        assertThat(page.getDocumentElement().getTextContent()).contains("Could not tell: it was interrupted");
        assertThat(SoakText.of(nothing)).contains("no leak of any size could have been seen");
    }

    private static Document parsed(String page) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page.replace("<!DOCTYPE html>", ""))));
    }

    private static Soaked soaked(String candidate, boolean withBaseline) {
        SmallestLeak smallest = new SmallestLeak(Series.LIVE_SET, 12 * MIB, 100 * MIB, OptionalDouble.of(512 * MIB));
        return new Soaked(
                new SoakPlan(
                        candidate,
                        withBaseline ? Optional.of("java -jar old.jar") : Optional.empty(),
                        "wrk http://127.0.0.1:$STAUNCH_PORT/",
                        Duration.ofMinutes(10),
                        new Readiness.Watchable(),
                        SoakPlan.USUAL_START_LIMIT,
                        false),
                run(SideName.CANDIDATE, 100),
                withBaseline ? Optional.of(run(SideName.BASELINE, 90)) : Optional.empty(),
                Optional.empty(),
                Optional.of(smallest),
                Optional.empty(),
                false,
                new SoakAnswer.Passed("no leak: " + smallest.sentence(), "Release it."));
    }

    private static Soaked.Run run(SideName name, double level) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            samples.add(new Sample(START.plusSeconds(30L * i), (level + i % 2) * MIB));
        }
        Judgement overall = new Judgement(Series.LIVE_SET, new Verdict.Steady("changed by 1 MiB in 10 min"));
        Instant now = START.plusSeconds(600);
        Outcome outcome = new Outcome(
                new JvmInfo(
                        1,
                        "shop.jar",
                        "25",
                        "HotSpot",
                        Collector.G1,
                        "shop",
                        Optional.empty(),
                        START,
                        List.of(),
                        JvmInfo.Way.JMX),
                START,
                Duration.ofMinutes(10),
                new Diagnosis(now, overall, List.of(overall), Optional.empty(), List.of(), "wait"),
                new Observations(new Measured(START, now, Map.of(), Map.of(), List.of(overall), overall), Held.UNKNOWN),
                List.of(),
                Cost.NONE,
                Optional.empty());
        Floor floor = new Floor(Series.LIVE_SET, DetectorOptions.exact(), samples, OptionalDouble.of(512 * MIB));
        return new Soaked.Run(name, outcome, Optional.of(floor), Optional.empty());
    }
}
