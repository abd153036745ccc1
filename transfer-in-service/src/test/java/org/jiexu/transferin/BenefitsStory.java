package org.jiexu.transferin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferin.NewRegion.CHANGSHA;
import static org.jiexu.transferin.NewRegion.HANGZHOU;

import org.jiexu.transferin.NewRegion.Answer;
import org.jiexu.transferin.NewRegion.Arriving;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("43-art-11")
@Tag("R8.4")
class BenefitsStory {
    private static final String ANSWER = """
        {"open": true, "rule": "NOT_PAID_YET", "article": "R8.0", "lastPaid": "2023-12", "firstPaymentBy": "2024-04",
         "backPaymentPossible": false, "monthsInARow": 24, "words": "新参保地尚未缴费。"}
        """;

    private final NewRegion here = NewRegion.shared();

    @Test
    void standOnTheCompletedCaseForThoseWhoMaySeeIt() {
        here.registry.answer("/internal/benefits", _ -> ANSWER);
        var arriving = here.somebody(HANGZHOU).accepted();
        var early = benefits(arriving, arriving.token());

        arriving.oldRegion(arriving.issued(1, "0.00", 24));
        arriving.untilState("COMPLETED");
        var shown = benefits(arriving, arriving.token());
        var asked = here.registry.requests("/internal/benefits").getLast();

        assertThat(early.status()).isEqualTo(409);
        assertThat(early.body().path("code").asString()).isEqualTo("NOT_COMPLETED");
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body().path("firstPaymentBy").asString()).isEqualTo("2024-04");
        assertThat(asked).contains(arriving.number().value(), arriving.person.value(), "370800", "330100");
        assertThat(benefits(arriving, arriving.clerk()).status()).isEqualTo(200);
        assertThat(benefits(arriving, here.tokens.clerk(CHANGSHA)).status()).isEqualTo(404);
        assertThat(benefits(arriving, here.tokens.person(here.somebody(HANGZHOU).person))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void areAskedForAgainWhenTheRegistryIsAway() {
        here.registry.answer("/internal/benefits", _ -> ANSWER);
        var arriving = here.somebody(HANGZHOU).accepted();
        arriving.oldRegion(arriving.issued(1, "0.00", 24));
        arriving.untilState("COMPLETED");

        // No sooner than that: other stories share the registry.
        here.registry.answer("/internal/benefits", _ -> "not an answer");
        var away = benefits(arriving, arriving.token());
        here.registry.answer("/internal/benefits", _ -> ANSWER);

        assertThat(away.status()).isEqualTo(503);
        assertThat(away.body().path("code").asString()).isEqualTo("REGISTRY_UNAVAILABLE");
    }

    @Test
    void areNotThereForACaseThatWasNone() {
        var arriving = here.somebodyRefused(CHANGSHA);
        arriving.apply();

        assertThat(benefits(arriving, arriving.token()).status()).isEqualTo(404);
        assertThat(here.get("/api/v1/transfers/430100-26-7KQ4M2XD-0/benefits", arriving.token())
                        .status())
                .isEqualTo(404);
    }

    private Answer benefits(Arriving arriving, String token) {
        return here.get("/api/v1/transfers/" + arriving.number() + "/benefits", token);
    }
}
