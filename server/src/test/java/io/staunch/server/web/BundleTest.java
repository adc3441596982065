package io.staunch.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BundleTest {
    private static final Map<String, String> SOURCES = Map.of(
            "tree", "const own = 1;\nexport const leaf = 2;\nexport async function grow() { return own; }\n",
            "wood", "import { leaf, grow } from '/tree.js';\ngrow(leaf);\n",
            "wild", "export default 3;\n");

    @Test
    void whatAModuleExportsIsThereForThoseAfterIt() {
        String script = Bundle.of(List.of("tree", "wood"), name -> SOURCES.getOrDefault(name, ""));
        assertThat(script)
                .contains("const own = 1;", "return { leaf, grow };", "const { leaf, grow } = modules.tree;")
                .doesNotContain("import", "export");
    }

    @Test
    void aModuleThatComesTooEarlyIsRefused() {
        assertThatThrownBy(() -> Bundle.of(List.of("wood", "tree"), name -> SOURCES.getOrDefault(name, "")))
                .hasMessage("wood.js: expected imports from modules before it, found one from tree");
    }

    @Test
    void anExportOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> Bundle.of(List.of("wild"), name -> SOURCES.getOrDefault(name, "")))
                .hasMessage("wild.js: expected imports and exports by name, found export default 3;");
    }
}
