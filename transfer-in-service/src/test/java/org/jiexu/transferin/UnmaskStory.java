package org.jiexu.transferin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jiexu.transferin.NewRegion.CHANGSHA;
import static org.jiexu.transferin.NewRegion.HANGZHOU;

import org.junit.jupiter.api.Test;

/** 查看完整信息 — nobody looks at a person in full without a reason that stays. */
class UnmaskStory {
    private static final String REASON = "{\"reason\": \"与申请人核对证件号码\"}";

    private final NewRegion here = NewRegion.shared();

    @Test
    void aLookInFullIsRecordedWithItsReasonAndNothingTakesItBack() {
        var mine = here.somebody(CHANGSHA).accepted();
        var path = "/api/v1/agency/430100/transfers-in/" + mine.number() + "/unmask";

        var seen = here.post(path, REASON, mine.clerk());
        var list =
                here.get("/api/v1/agency/430100/unmaskings?limit=1", here.tokens.reviewer("reviewer-430100", CHANGSHA));

        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.body().path("certificateNumber").asString())
                .isEqualTo(mine.file().application().certificate().number());
        assertThat(seen.body().path("name").asString())
                .isEqualTo(mine.file().application().name());
        assertThat(list.body().at("/items/0/number").asString())
                .isEqualTo(mine.number().value());
        assertThat(list.body().at("/items/0/reason").asString()).isEqualTo("与申请人核对证件号码");
        assertThat(list.body().at("/items/0/role").asString()).isEqualTo("CLERK");
        assertThat(list.text()).doesNotContain(mine.file().application().name());
        assertThatThrownBy(() -> here.jdbc().sql("delete from unmasking").update())
                .hasMessageContaining("only added");
        assertThatThrownBy(() ->
                        here.jdbc().sql("update unmasking set reason = ''").update())
                .hasMessageContaining("only added");
    }

    @Test
    void withoutAReasonOrOutsideOnesRegionNothingIsShownAndNothingRecorded() {
        var mine = here.somebody(CHANGSHA).accepted();
        var path = "/api/v1/agency/430100/transfers-in/" + mine.number() + "/unmask";
        int before = here.count("unmasking");

        assertThat(here.post(path, "{\"reason\": \" 看看 \"}", mine.clerk()).status())
                .isEqualTo(400);
        assertThat(here.post(path, "{}", mine.clerk()).status()).isEqualTo(400);
        assertThat(here.post(path, REASON, here.tokens.clerk(HANGZHOU)).status())
                .isEqualTo(404);
        assertThat(here.post(path, REASON, mine.token()).status()).isEqualTo(403);
        assertThat(here.post(
                                "/api/v1/agency/330100/transfers-in/" + mine.number() + "/unmask",
                                REASON,
                                here.tokens.clerk(HANGZHOU))
                        .status())
                .isEqualTo(404);
        assertThat(here.get("/api/v1/agency/430100/unmaskings", mine.clerk()).status())
                .isEqualTo(403);
        assertThat(here.count("unmasking")).isEqualTo(before);
    }
}
