package org.jiexu.transferin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferin.NewRegion.CHANGSHA;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jiexu.transferin.NewRegion.Answer;
import org.jiexu.transferin.NewRegion.Arriving;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever tries something again and again gets nowhere, and leaves others in peace. */
class GuessingStory {
    private final NewRegion here = NewRegion.shared();

    @Test
    @Tag("R10.1")
    void lastFourCharactersAreComparedFiveTimesADayHoweverManyAskAtOnce() {
        var mine = here.somebody(CHANGSHA).accepted();
        var others = here.somebody(CHANGSHA).accepted();
        var right = lastFour(mine);
        double wrongBefore = guesses("wrong");

        var answers = IntStream.range(0, 30)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> tried(mine, "x%03d".formatted(i)), Thread::startVirtualThread))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(5);
        assertThat(answers.stream().filter(answer -> answer.status() == 429)).hasSize(25);
        assertThat(guesses("wrong") - wrongBefore).isEqualTo(5);
        var locked = tried(mine, right);
        assertThat(locked.status()).isEqualTo(429);
        assertThat(locked.body().path("code").asString()).isEqualTo("LAST_FOUR_LOCKED");
        assertThat(locked.body().path("detail").asString()).isEqualTo("证件号码后四位多次不符，请过一段时间再试，或由申请人登录后查询。");
        assertThat(here.get(status(mine), mine.token()).status())
                .as("the status alone")
                .isEqualTo(200);
        assertThat(mine.show().status()).as("the applicant's own way").isEqualTo(200);
        assertThat(tried(others, lastFour(others)).body().has("progress"))
                .as("another case")
                .isTrue();

        here.jdbc()
                .sql("update last_four_try set since = since - interval '25 hours' where number = :number")
                .param("number", mine.number().value())
                .update();

        assertThat(tried(mine, right).body().has("progress")).as("the next day").isTrue();
    }

    @Test
    @Tag("R10.1")
    void whoKnowsThemIsNeverLockedOutByAskingOften() {
        var mine = here.somebody(CHANGSHA).accepted();

        for (int i = 0; i < 3; i++) {
            for (int wrong = 0; wrong < 4; wrong++) {
                assertThat(tried(mine, "00x0").status()).isEqualTo(200);
            }
            assertThat(tried(mine, lastFour(mine)).body().has("progress")).isTrue();
        }
    }

    @Test
    @Tag("R2.6")
    void applyingAndWithdrawingHasAnEndForToday() {
        var wavering = here.somebody(CHANGSHA);
        var other = here.somebody(CHANGSHA);
        here.registry.setDown(true);
        try {
            for (int i = 0; i < 5; i++) {
                assertThat(wavering.apply().status()).isEqualTo(202);
                assertThat(wavering.withdraw().body().path("state").asString()).isEqualTo("WITHDRAWN");
            }
            int before = here.count("transfer_case");

            var refused = wavering.apply();

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body().path("code").asString()).isEqualTo("WITHDRAWN_TOO_OFTEN");
            assertThat(here.count("transfer_case")).isEqualTo(before);
            assertThat(List.of(other.apply().status(), other.withdraw().status()))
                    .isEqualTo(List.of(202, 202));
        } finally {
            here.registry.setDown(false);
        }
    }

    private Answer tried(Arriving arriving, String last4) {
        return here.get(status(arriving) + "?last4=" + last4, here.tokens.clerk(CHANGSHA));
    }

    private static String status(Arriving arriving) {
        return "/api/v1/transfers/" + arriving.number() + "/status";
    }

    private static String lastFour(Arriving arriving) {
        var number = arriving.certificate.number();
        return number.substring(number.length() - 4);
    }

    private double guesses(String outcome) {
        return here.bean(MeterRegistry.class)
                .get("jiexu.guesses")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
