package io.staunch.diagnose.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceRuleTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int first(File f) throws IOException { return new FileInputStream(f).read(); }",
                "int first(File f) throws IOException { var in = new BufferedReader(new FileReader(f)); return in.read(); }",
                "long lines(Path p) throws IOException { return Files.lines(p).filter(l -> l.isBlank()).count(); }",
                "void ask(DataSource d) throws SQLException { Connection c = d.getConnection(); c.commit(); }",
                "void ask(Connection c) throws SQLException { c.prepareStatement(\"select 1\").execute(); }",
                "void load(Properties p, File f) throws IOException { p.load(new FileInputStream(f)); }",
                "int size(File f) throws IOException { var zip = new java.util.zip.ZipFile(f); return zip.size(); }",
                "void look(URL u) throws Exception { new URLClassLoader(new URL[] {u}).loadClass(\"a.B\"); }",
            })
    void whatNoPathClosesIsFound(String method) throws IOException {
        assertThat(Sources.found(folder, method)).singleElement().satisfies(found -> {
            assertThat(found.rule()).isEqualTo("resource-not-closed");
            assertThat(found.confidence()).isEqualTo(Confidence.CERTAIN);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int first(File f) throws IOException { try (var in = new FileInputStream(f)) { return in.read(); } }",
                "int first(File f) throws IOException { InputStream in = null; try { in = new FileInputStream(f);"
                        + " return in.read(); } finally { if (in != null) in.close(); } }",
                "int first(File f) throws IOException { try (var in = new BufferedReader(new InputStreamReader("
                        + "new FileInputStream(f)))) { return in.read(); } }",
                "InputStream open(File f) throws IOException { return new BufferedInputStream(new FileInputStream(f)); }",
                "InputStream in; void open(File f) throws IOException { in = new FileInputStream(f); }",
                "void open(File f, List<Object> all) throws IOException { all.add(new FileInputStream(f)); }",
                "long lines(Path p) throws IOException { try (var l = Files.lines(p).skip(1)) { return l.count(); } }",
                "void ask(DataSource d) throws SQLException { try (Connection c = d.getConnection();"
                        + " var s = c.createStatement(); var r = s.executeQuery(\"x\")) { r.next(); } }",
                "void ask(DataSource d) throws SQLException { try (Connection c = d.getConnection()) {"
                        + " c.createStatement().executeQuery(\"x\").next(); } }",
                "ResultSet ask(Connection c) throws SQLException { return c.createStatement().executeQuery(\"x\"); }",
                "Runnable closing(File f) throws IOException { var in = new FileInputStream(f);"
                        + " return () -> { try { in.close(); } catch (IOException e) { throw new UncheckedIOException(e); } }; }",
                "int first(File f) throws IOException { InputStream in = null; try { in = new FileInputStream(f);"
                        + " return in.read(); } finally { if (null != in) in.close(); } }",
                "void ask(Connection c) throws SQLException { try { c.createStatement().execute(\"x\"); } finally {"
                        + " c.close(); } }",
                "java.nio.channels.FileChannel at(Path p) throws IOException {"
                        + " return java.nio.channels.FileChannel.open(p).position(9); }",
                "int in(Scanner s) { return new Scanner(System.in).nextInt(); }",
                "public static void main(String[] a) throws IOException { new FileInputStream(a[0]).read(); }",
            })
    void whatIsClosedReturnedOrHandedOnIsNot(String method) throws IOException {
        assertThat(Sources.found(folder, method)).isEmpty();
    }

    @Test
    void aPathThatForgetsItIsFound() throws IOException {
        String method = """
                int first(File f) throws IOException {
                  FileInputStream in = new FileInputStream(f);
                  if (in.read() < 0) { return 0; }
                  in.close();
                  return 1;
                }""";
        assertThat(Sources.found(folder, method)).singleElement().satisfies(found -> {
            assertThat(found.rule()).isEqualTo("resource-not-closed-on-a-path");
            assertThat(((ReviewFinding.CodeLeak) found).line()).hasValue(3);
        });
    }

    @Test
    void anExceptionThatLeavesItOpenIsFoundWhenAllAreAskedFor() throws IOException {
        String method = """
                int first(File f) throws IOException {
                  FileInputStream in = new FileInputStream(f);
                  int read = in.read();
                  in.close();
                  return read;
                }""";
        assertThat(Sources.found(folder, method))
                .singleElement()
                .extracting(ReviewFinding::rule)
                .isEqualTo("resource-not-closed-on-error");
        Path classes = folder.resolve("classes");
        ReviewReport byDefault = Review.of(List.of(classes.toString()), false);
        assertThat(byDefault.findings()).isEmpty();
        assertThat(byDefault.untold()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void work(Runnable r) { var e = Executors.newFixedThreadPool(4); e.execute(r); }",
                "void later(TimerTask t) { new Timer().schedule(t, 10); }",
            })
    void anExecutorOfACallsOwnThatIsNotShutDownIsFound(String method) throws IOException {
        assertThat(Sources.found(folder, method))
                .singleElement()
                .extracting(ReviewFinding::rule)
                .isEqualTo("executor-not-shut-down");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void work(Runnable r) { try (var e = Executors.newFixedThreadPool(4)) { e.execute(r); } }",
                "void work(Runnable r) { var e = Executors.newFixedThreadPool(4); try { e.execute(r); } finally { e.shutdown(); } }",
                "final ExecutorService e = Executors.newFixedThreadPool(4); void work(Runnable r) { e.execute(r); }",
            })
    void anExecutorThatIsShutDownOrKeptIsNot(String method) throws IOException {
        assertThat(Sources.found(folder, method)).isEmpty();
    }
}
