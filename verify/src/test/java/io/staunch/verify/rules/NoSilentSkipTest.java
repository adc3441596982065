package io.staunch.verify.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// A test that did not run says in its name what it needs (`watchesAnOlderJvmNeedsJdk17`), else the build fails.
/// Reads the reports of the modules built before this one.
class NoSilentSkipTest {
    private static final Pattern SAYS_WHAT_IT_NEEDS = Pattern.compile("(?i).*(needs|skipped).*");

    @Test
    void aSkippedTestSaysInItsNameWhatItNeeds() throws Exception {
        List<String> silent = new ArrayList<>();
        for (Path report : reports()) {
            silent.addAll(silentSkipsIn(report));
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void aReportWithASilentSkipIsFound() throws Exception {
        Path report = Files.createTempFile("TEST-", ".xml");
        try {
            Files.writeString(report, """
                    <testsuite><testcase name="waits()" classname="A"><skipped/></testcase>
                    <testcase name="watchesNeedsRoot()" classname="A"><skipped/></testcase>
                    <testcase name="runs()" classname="A"/></testsuite>""");
            assertThat(silentSkipsIn(report)).containsExactly("A.waits()");
        } finally {
            Files.delete(report);
        }
    }

    private static List<Path> reports() throws IOException {
        try (Stream<Path> files = Files.walk(House.root(), 5)) {
            return files.filter(f -> f.toString().contains("target/surefire-reports/"))
                    .filter(f -> f.getFileName().toString().matches("TEST-.*[.]xml"))
                    .toList();
        }
    }

    private static List<String> silentSkipsIn(Path report)
            throws ParserConfigurationException, IOException, SAXException {
        List<String> silent = new ArrayList<>();
        NodeList skips = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("skipped");
        for (int i = 0; i < skips.getLength(); i++) {
            Element test = (Element) skips.item(i).getParentNode();
            if (!SAYS_WHAT_IT_NEEDS.matcher(test.getAttribute("name")).matches()) {
                silent.add(test.getAttribute("classname") + "." + test.getAttribute("name"));
            }
        }
        return silent;
    }
}
