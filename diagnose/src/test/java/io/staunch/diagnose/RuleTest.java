package io.staunch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuleTest {
    @Test
    void everyRuleIsExplainedInTheDocuments() throws Exception {
        String page = Files.readString(checkout().resolve("docs/rules.md"));
        assertThat(Stream.of(Rule.values()).map(Rule::id))
                .allSatisfy(id -> assertThat(page).contains("| `" + id + "` |"));
    }

    @Test
    void noTwoRulesShareAnId() {
        assertThat(Stream.of(Rule.values()).map(Rule::id)).doesNotHaveDuplicates();
    }

    private static Path checkout() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(root.resolve("staunch"))) {
            root = Objects.requireNonNull(root.getParent(), "expected to run inside the checkout");
        }
        return root;
    }
}
