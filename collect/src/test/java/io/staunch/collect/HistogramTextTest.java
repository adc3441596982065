package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramTextTest {
    private static final String TABLE = """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:         12345         678900  [B (java.base@17.0.15)
               2:            10            800  com.shop.Cart$Line
               3:             1             16  com.shop.Cart$$Lambda$14/0x0000000800c03000
               4:             2             48  com.shop.Cart$$Lambda$15/0x0000000800c03218
            Total         12358         679764
            """;

    @Test
    void theTableIsReadAndLambdasOfOneClassAreOneType() throws Exception {
        assertThat(HistogramText.parse(TABLE))
                .containsExactly(
                        new TypeCount("byte[]", 12345, 678900),
                        new TypeCount("com.shop.Cart$Line", 10, 800),
                        new TypeCount("com.shop.Cart$$Lambda", 3, 64));
    }

    @Test
    void aTableWithoutItsLastLineIsNotTrusted() {
        assertThatThrownBy(() -> HistogramText.parse(TABLE.substring(0, TABLE.indexOf("Total"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected a table of types and its total");
        assertThatThrownBy(() -> HistogramText.parse("")).hasMessageContaining("found nothing");
    }

    @ParameterizedTest
    @CsvSource({
        "[[J, long[][]",
        "[Ljava.lang.String;, java.lang.String[]",
        "java.util.HashMap$Node, java.util.HashMap$Node",
        "com.shop.Cart$$Lambda/0x00007f1234567890, com.shop.Cart$$Lambda",
        "[Lcom.shop.Cart$$Lambda$3/0x0000000800c03000;, com.shop.Cart$$Lambda[]",
        "java.lang.invoke.LambdaForm$MH/0x00007f0001000000, java.lang.invoke.LambdaForm$MH",
        "java.lang.invoke.LambdaForm$MH+0x00007f0001000000, java.lang.invoke.LambdaForm$MH",
        "com.shop.Cart$$EnhancerByCGLIB$$1a2b3c4d, com.shop.Cart$$EnhancerByCGLIB",
        "com.shop.Cart$$SpringCGLIB$$0, com.shop.Cart$$SpringCGLIB",
        "jdk.proxy2.$Proxy34, jdk.proxy2.$Proxy",
        "$Proxy7, $Proxy",
        "jdk.internal.reflect.GeneratedMethodAccessor12, jdk.internal.reflect.GeneratedMethodAccessor",
        "com.shop.Order$ByteBuddy$x8Yz1, com.shop.Order$ByteBuddy",
        "com.shop.Node1$Inner2, com.shop.Node1$Inner2",
    })
    void namesAreThoseOfSourceWithoutGeneratedNumbers(String vm, String source) {
        assertThat(TypeNames.ofVm(vm)).isEqualTo(source);
    }
}
