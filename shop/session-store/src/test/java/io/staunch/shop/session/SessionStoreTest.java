package io.staunch.shop.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What holds for every version of the store.
final class SessionStoreTest {
    private static final Duration LIFETIME = Duration.ofMinutes(30);
    private static final Visitor VISITOR = new Visitor("127.0.0.1", "a browser", "en", "/");

    private final ManualClock clock = new ManualClock();
    private final SessionStore store = new SessionStore(LIFETIME, clock);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anOpenSessionIsFoundWithWhatWasPutIntoIt() {
        CartSession session = store.open(VISITOR);
        session.put(new CartLine(7, "Oak Bench", 1_250, 1));
        session.put(new CartLine(7, "Oak Bench", 1_250, 2));
        assertThat(store.find(session.id()))
                .hasValueSatisfying(found ->
                        assertThat(found.cart()).isEqualTo(List.of(new CartLine(7, "Oak Bench", 1_250, 3))));
    }

    @Test
    void useKeepsASessionAlive() {
        CartSession session = store.open(VISITOR);
        for (int i = 0; i < 5; i++) {
            clock.advance(LIFETIME.minusMillis(1));
            assertThat(store.find(session.id())).isPresent();
        }
    }

    @Test
    void anExpiredSessionIsNotFound() {
        CartSession session = store.open(VISITOR);
        clock.advance(LIFETIME);
        assertThat(store.find(session.id())).isEmpty();
    }

    @Test
    void anEndedSessionIsGone() {
        CartSession session = store.open(VISITOR);
        store.end(session.id());
        assertThat(store.find(session.id())).isEmpty();
        assertThat(store.size()).isZero();
    }

    @Test
    void onlyTheLastTwelveProductsAreRemembered() {
        CartSession session = store.open(VISITOR);
        for (int id = 1; id <= 20; id++) {
            session.viewed(new ViewedProduct(id, "product", "summary", "/image", 100, clock.instant()));
        }
        assertThat(session.recentlyViewed())
                .extracting(ViewedProduct::productId)
                .containsExactly(20L, 19L, 18L, 17L, 16L, 15L, 14L, 13L, 12L, 11L, 10L, 9L);
    }

    @Test
    void whatIsBoughtIsBoughtOnce() {
        CartSession session = store.open(VISITOR);
        session.put(new CartLine(7, "Oak Bench", 1_250, 1));
        assertThat(session.takeCart()).hasSize(1);
        assertThat(session.takeCart()).isEmpty();
    }
}
