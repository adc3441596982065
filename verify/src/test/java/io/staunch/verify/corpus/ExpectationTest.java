package io.staunch.verify.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ExpectationTest {
    private static Expectation expecting(String types, String holder, String owner) {
        Properties properties = new Properties();
        properties.setProperty("expected.leakingClass", types);
        properties.setProperty("expected.holder", holder);
        properties.setProperty("expected.owner", owner);
        return Expectation.of(properties);
    }

    @Test
    void aTypeIsRightOnlyAmongTheFirstThree() {
        Expectation expectation = expecting("org.shop.Cart, org.shop.Line", "", "");
        assertThat(expectation.typeIsRight(List.of("byte[]", "org.shop.Line"))).isTrue();
        assertThat(expectation.typeIsRight(List.of("a.A", "a.B", "a.C", "org.shop.Cart")))
                .isFalse();
        assertThat(expectation.typeIsRight(List.of("org.shop.CartView"))).isFalse();
    }

    @Test
    void aStarStandsForAnythingAndASlashForTwoNames() {
        Expectation expectation = expecting("org.shop.codec.*, org.shop.Local$1/$2", "", "");
        assertThat(expectation.typeIsRight(List.of("org.shop.codec.Reader"))).isTrue();
        assertThat(expectation.typeIsRight(List.of("org.shop.Local$2"))).isTrue();
        assertThat(expectation.typeIsRight(List.of("org.shop.Local$3"))).isFalse();
    }

    @Test
    void anArrayIsATypeToo() {
        assertThat(expecting("byte[]", "", "").typeIsRight(List.of("byte[]"))).isTrue();
        assertThat(expecting("byte[]", "", "").typeIsRight(List.of("char[]"))).isFalse();
    }

    @Test
    void whatHasNoTypeOrHolderToNameIsRightWithoutOne() {
        assertThat(expecting("", "", "").typeIsRight(List.of())).isTrue();
        assertThat(expecting("", "", "").holderIsRight(List.of())).isTrue();
    }

    @Test
    void aHolderIsFoundInProseAndMatchedByItsWholeName() {
        Expectation expectation = expecting("", "org.shop.Store.sessions / carts (a Map)", "");
        assertThat(expectation.holderIsRight(List.of("static org.shop.Store.sessions")))
                .isTrue();
        assertThat(expectation.holderIsRight(List.of("static org.shop.Store.sessionsOpen")))
                .isFalse();
        assertThat(expectation.holderIsRight(List.of("static org.shop.BookStore.sessions")))
                .isFalse();
    }

    @Test
    void aLibraryMustBeTheOwnerAndTheApplicationHasNone() {
        assertThat(expecting("", "", "org.shop:store (caller)").ownerIsRight("pkg:maven/org.shop/store@1.2"))
                .isTrue();
        assertThat(expecting("", "", "org.shop:store").ownerIsRight("pkg:maven/org.shop/store-api@1.2"))
                .isFalse();
        assertThat(expecting("", "", "application").ownerIsRight("pkg:maven/org.shop/store@1.2"))
                .isFalse();
        assertThat(expecting("", "", "application").ownerIsRight("")).isTrue();
    }
}
