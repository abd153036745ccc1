package org.jiexu.bus.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jiexu.bus.time.Calendars.at;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jiexu.bus.time.BusinessClock.Mode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BusinessClockTest {
    private Instant system = Instant.parse("2030-01-01T00:00:00.123456789Z");

    @Nested
    class OfTheSystem {
        private final BusinessClock clock = new BusinessClock(Mode.SYSTEM, () -> system);

        @Test
        void showsTheSystemsTimeInMicroseconds() {
            assertThat(clock.instant()).isEqualTo(Instant.parse("2030-01-01T00:00:00.123456Z"));
            assertThat(clock.today()).isEqualTo(LocalDate.parse("2030-01-01"));
        }

        @Test
        void isMovedByNobody() {
            assertThat(clock.set(at("2031-01-01T00:00"), system)).isFalse();
            assertThat(clock.instant()).isEqualTo(Instant.parse("2030-01-01T00:00:00.123456Z"));
        }

        @Test
        void countsDaysInBeijing() {
            system = Instant.parse("2029-12-31T16:00:00Z");

            assertThat(clock.today()).isEqualTo(LocalDate.parse("2030-01-01"));
            assertThat(LocalDate.now(clock.withZone(ZoneOffset.UTC))).isEqualTo(LocalDate.parse("2029-12-31"));
        }
    }

    @Nested
    class OfTheSandbox {
        private final BusinessClock clock = new BusinessClock(Mode.SANDBOX, () -> system);

        @Test
        void doesNotGuessBeforeItIsSet() {
            assertThat(clock.isSet()).isFalse();
            assertThatThrownBy(clock::instant).isInstanceOf(ClockNotSet.class);
        }

        @Test
        void runsOnFromWhereItWasSet() {
            clock.set(at("2026-09-14T09:00"), system);

            system = system.plusSeconds(90);

            assertThat(clock.instant()).isEqualTo(at("2026-09-14T09:01:30"));
        }

        @Test
        void showsTheSameEverywhereHoweverLateItIsTold() {
            Instant told = system;
            system = system.plusSeconds(5);

            clock.set(at("2026-09-14T09:00"), told);

            assertThat(clock.instant()).isEqualTo(at("2026-09-14T09:00:05"));
        }

        @Test
        void neverMovesBack() {
            clock.set(at("2026-09-14T09:00"), system);

            assertThat(clock.set(at("2026-09-14T08:59"), system)).isFalse();
            assertThat(clock.instant()).isEqualTo(at("2026-09-14T09:00"));
            assertThat(clock.set(at("2026-09-14T09:00"), system)).isTrue();
            assertThat(clock.set(at("2026-10-09T00:00"), system)).isTrue();
            assertThat(clock.instant()).isEqualTo(at("2026-10-09T00:00"));
        }
    }
}
