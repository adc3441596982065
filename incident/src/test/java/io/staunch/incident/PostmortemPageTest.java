package io.staunch.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/// The postmortem as a page, on paper and as a table.
final class PostmortemPageTest {
    @TempDir
    Path directory;

    @Test
    void aCurveIsDrawnForTheSeriesThatGrewAndForWhatUsersFelt() throws Exception {
        Document page = parsed(PostmortemHtml.page(measured(), Tone.PLAIN));
        assertThat(texts(page, "figcaption")).startsWith("Live set", "Requests per second");
        assertThat(page.getElementsByTagName("polyline").getLength()).isEqualTo(2);
    }

    @Test
    void whateverHappenedIsMarkedInItsPlotAndNamedBelow() throws Exception {
        Document page = parsed(PostmortemHtml.page(measured(), Tone.PLAIN));
        assertThat(texts(page, "li"))
                .contains("12:00:00 release shop-api 2.4.0", "12:00:40 leak called", "12:01:35 upgrade to 2.4.1");
    }

    @Test
    void theJourneyIsADrawingAndNoCharactersAnyMore() throws Exception {
        Document page = parsed(PostmortemHtml.page(measured(), Tone.PLAIN));
        assertThat(texts(page, "title")).anyMatch(title -> title.startsWith("The journey to the cause"));
        assertThat(page.getElementsByTagName("pre").getLength()).isZero();
    }

    @Test
    void itFetchesNothingAndRunsNothing() throws Exception {
        Document page = parsed(PostmortemHtml.page(measured(), Tone.PLAIN));
        for (String tag : List.of("script", "link", "img", "iframe", "object")) {
            assertThat(page.getElementsByTagName(tag).getLength()).as(tag).isZero();
        }
    }

    @Test
    void markupInTheRecordIsShownAsText() throws Exception {
        IncidentRecorder recorder = SessionsIncident.opened(directory);
        recorder.note(
                SessionsIncident.after(50),
                Entry.Kind.EVIDENCE,
                "Told of <img src=x onerror=alert(1)> and <b>bold</b>.",
                List.of("<script>alert(1)</script>"));
        String page = PostmortemHtml.page(recorder.close(SessionsIncident.after(60)), Tone.PLAIN);
        assertThat(page).doesNotContain("<img", "<script", "<b>").contains("&lt;img", "&lt;script");
    }

    @Test
    void thePolicyAllowsThePagesOwnStyleSheetAndNothingElse() throws Exception {
        String page = PostmortemHtml.page(measured(), Tone.PLAIN);
        String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
        assertThat(PostmortemHtml.policy())
                .contains("style-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'")
                .startsWith("default-src 'none'");
        assertThat(page).doesNotContain("style=\"");
    }

    @Test
    void onPaperItSaysTheSame() throws Exception {
        try (PDDocument paper = Loader.loadPDF(PostmortemPdf.of(measured(), Tone.PLAIN))) {
            String text = new PDFTextStripper().getText(paper).replaceAll("\\s+", " ");
            assertThat(text)
                    .contains("Postmortem: memory leak in shop-api")
                    .contains("com.example.cart.CartEntry")
                    .contains("What was ruled out, and why")
                    .contains("nothing in it was typed from memory");
        }
    }

    @Test
    void theTableHasALineForEachOfTheTimeline() throws IOException {
        Incident incident = measured();
        List<String> lines = TimelineCsv.of(incident).lines().toList();
        assertThat(lines).hasSize(incident.timeline().size() + 1).startsWith("time,kind,what,evidence");
        assertThat(lines.get(1)).startsWith(incident.timeline().getFirst().at().toString() + ",change,\"");
    }

    @Test
    void noCellOfTheTableIsAFormula() throws IOException {
        IncidentRecorder recorder = SessionsIncident.opened(directory);
        recorder.note(SessionsIncident.after(50), Entry.Kind.EVIDENCE, "=HYPERLINK(\"x\")", List.of());
        assertThat(TimelineCsv.of(recorder.close(SessionsIncident.after(60)))).contains("\"'=HYPERLINK(\"\"x\"\")\"");
    }

    @Test
    void aRecordOfBeforeSeriesWereKeptIsStillRead() throws IOException {
        Incident incident = SessionsIncident.recordedIn(directory);
        Path file;
        try (Stream<Path> files = Files.list(directory)) {
            file = files.findFirst().orElseThrow();
        }
        Files.writeString(file, Files.readString(file).replaceFirst(",\\s*\"courses\" : \\[ ]", ""));
        assertThat(Files.readString(file)).doesNotContain("courses");
        assertThat(new IncidentStore(directory).find(incident.id())).contains(incident);
    }

    @Test
    void theLivesOfAServiceMakeOneCourseAndALongOneIsThinned() {
        Courses courses = new Courses();
        courses.put("jvm 1", Map.of(Series.LIVE_SET, samples(0, 500)), Map.of(Series.LIVE_SET, 64e6));
        courses.put("jvm 2", Map.of(Series.LIVE_SET, samples(500, 700)), Map.of());
        courses.put("jvm 2", Map.of(Series.LIVE_SET, samples(500, 1_000)), Map.of());
        Course course = courses.all(Series.LIVE_SET).getFirst();
        assertThat(course.values()).hasSizeBetween(120, 240).endsWith(999.0).isSorted();
        assertThat(course.limit()).hasValue(64e6);
        assertThat(course.to()).isEqualTo(SessionsIncident.after(999));
    }

    private Incident measured() {
        IncidentRecorder recorder = SessionsIncident.opened(directory.resolve("first"));
        recorder.measured("jvm 1", Map.of(Series.LIVE_SET, samples(0, 160)), Map.of(Series.LIVE_SET, 200.0));
        recorder.measured("load", Map.of(Series.REQUESTS, samples(0, 160)), Map.of());
        List<Course> courses = recorder.soFar().courses();
        Incident whole = SessionsIncident.recordedIn(directory.resolve("second"));
        return new Incident(
                whole.id(),
                whole.service(),
                whole.target(),
                whole.status(),
                whole.detected(),
                whole.causeNamed(),
                whole.recovered(),
                whole.closed(),
                whole.growth(),
                whole.culprit(),
                whole.brokenBy(),
                whole.suspects(),
                whole.opinions(),
                whole.changes(),
                whole.attempts(),
                whole.timeline(),
                whole.impact(),
                whole.cost(),
                courses);
    }

    private static List<Sample> samples(int from, int to) {
        List<Sample> samples = new ArrayList<>();
        for (int i = from; i < to; i++) {
            samples.add(new Sample(SessionsIncident.after(i), i));
        }
        return samples;
    }

    private static Document parsed(String page) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(Document page, String tag) {
        NodeList nodes = page.getElementsByTagName(tag);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }
}
