package io.staunch.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnHeapTest {
    private static final long MIB = 1 << 20;

    @Test
    void garbageIsCollectedOnceItIsMoreThanHalfOfWhatIsAlive() {
        assertThat(OwnHeap.isDue(59 * MIB, 40 * MIB)).isFalse();
        assertThat(OwnHeap.isDue(61 * MIB, 40 * MIB)).isTrue();
    }

    @Test
    void aSmallHeapIsLeftAlone() {
        assertThat(OwnHeap.isDue(16 * MIB, 0)).isFalse();
        assertThat(OwnHeap.isDue(20 * MIB, 4 * MIB)).isFalse();
        assertThat(OwnHeap.isDue(21 * MIB, 4 * MIB)).isTrue();
    }
}
