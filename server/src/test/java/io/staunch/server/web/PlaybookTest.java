package io.staunch.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.diagnose.LeakKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlaybookTest {
    @ParameterizedTest
    @EnumSource(LeakKind.class)
    void everyKindOfLeakHasAPageThatSaysWhatToDo(LeakKind kind) {
        assertThat(page("/playbook/" + kind.slug()))
                .containsSubsequence(
                        "<h1>",
                        "<h2>What you see</h2>",
                        "<h2>What it is not</h2>",
                        "<h2>What to do now</h2>",
                        "<ol>",
                        "<h2>How to prove that it ended</h2>",
                        "<h2>What to mend afterwards</h2>");
    }

    @Test
    void theListLeadsToEveryPageAndNowhereElse() {
        List<String> linked = Pattern.compile("href=\"/playbook/([a-z-]+)\"")
                .matcher(page("/playbook"))
                .results()
                .map(link -> link.group(1))
                .toList();
        assertThat(linked)
                .containsExactlyInAnyOrder(
                        Arrays.stream(LeakKind.values()).map(LeakKind::slug).toArray(String[]::new));
    }

    @Test
    void whatIsNoKindIsNotFound() {
        for (String path : new String[] {"/playbook/README", "/playbook/../app", "/playbook/none", "/playbook//"}) {
            assertThat(Playbook.answer(path).status()).as(path).isEqualTo(404);
        }
    }

    private static String page(String path) {
        Response answer = Playbook.answer(path);
        assertThat(answer.status()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
