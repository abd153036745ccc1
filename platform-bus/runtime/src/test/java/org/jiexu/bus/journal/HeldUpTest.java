package org.jiexu.bus.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeldUpTest {
    private final AtomicLong time = new AtomicLong();
    private final HeldUp heldUp = new HeldUp(time::get);

    @Test
    void aLineThatAnotherInstanceHasSentIsForgottenAndOnlyThen() {
        heldUp.refused("cases A", 7);
        heldUp.holds("cases A", 8);
        heldUp.refused("cases B", 9);
        assertThat(heldUp.due()).isEmpty();
        heldUp.keepOnly(Set.of());
        assertThat(heldUp.count()).isEqualTo(2);

        time.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(List.of(heldUp.due())).containsExactlyInAnyOrder(7L, 8L, 9L);
        heldUp.keepOnly(Set.of(8L));
        assertThat(heldUp.count()).isEqualTo(1);
        assertThat(heldUp.goesOn("cases B")).isFalse();
        assertThat(heldUp.goesOn("cases A")).isTrue();
    }
}
