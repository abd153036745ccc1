package org.jiexu.transferin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferin.NewRegion.CHANGSHA;
import static org.jiexu.transferin.NewRegion.until;

import org.jiexu.bus.directory.Directory;
import org.jiexu.transferin.NewRegion.Answer;
import org.jiexu.transferin.NewRegion.Arriving;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** 业务单据 — what the applicant holds in his hands. */
class CasePaperStory {
    private final NewRegion here = NewRegion.shared();

    private Answer paper(Arriving arriving, String kind) {
        return here.get("/api/v1/transfers/" + arriving.number() + "/documents/" + kind, arriving.token());
    }

    private boolean isSealedHere(JsonNode paper) {
        var key = here.bean(Directory.class)
                .signingKey(paper.path("sealKeyId").asString())
                .orElseThrow();
        return key.owner().equals(Source.of(CHANGSHA, ServiceName.TRANSFER_IN))
                && key.publicKey()
                        .verifies(
                                Bytes.ofUtf8(paper.path("text").asString()),
                                Bytes.ofBase64(paper.path("seal").asString()));
    }

    @Test
    @Tag("R2.4")
    @Tag("R9.2")
    @Tag("R9.4")
    void theAcceptanceStatesThePromiseAndTheLegalLimitUnderSeal() {
        var arriving = here.somebody(CHANGSHA).accepted();

        var answer = paper(arriving, "acceptance").body();

        var paper = answer.path("paper");
        assertThat(answer.path("title").asString()).isEqualTo("基本医疗保险关系转移接续受理单");
        assertThat(paper.path("number").asString()).isEqualTo(arriving.number().value());
        assertThat(paper.path("name").asString()).isEqualTo(arriving.name);
        assertThat(paper.path("acceptedOn").asString()).isEqualTo("2026-09-14");
        // Fifteen working days for the whole, ten for the old region.
        assertThat(paper.path("promisedBy").asString()).isEqualTo("2026-10-10");
        assertThat(paper.path("issueBy").asString()).isEqualTo("2026-09-28");
        assertThat(isSealedHere(answer)).isTrue();
        assertThat(paper(arriving, "completion").status()).isEqualTo(404);
        assertThat(here.get(
                                "/api/v1/transfers/" + arriving.number() + "/documents/acceptance",
                                here.somebody(CHANGSHA).token())
                        .status())
                .isEqualTo(404);
    }

    @Test
    @Tag("R9.2")
    void theRefusalNamesEveryReason() {
        var refused = here.somebodyRefused(CHANGSHA);
        refused.apply();

        var answer = paper(refused, "refusal").body();

        assertThat(answer.at("/paper/reasons").findValuesAsString("code"))
                .containsExactly("STILL_INSURED_THERE", "NOT_INSURED_HERE");
        assertThat(answer.at("/paper").has("promisedBy")).isFalse();
        assertThat(isSealedHere(answer)).isTrue();
    }

    @Test
    @Tag("R9.2")
    @Tag("R9.6")
    void theReceiptStatesWhatHasArrivedAndTheListShowsBoth() {
        var arriving = here.somebody(CHANGSHA).accepted();
        arriving.oldRegion(arriving.issued(1, "12.34", 20));
        arriving.untilState("RECEIVED").act("confirmation", null);
        arriving.credited("12.34");
        arriving.untilState("COMPLETED");
        until(() -> paper(arriving, "completion").status() == 200);

        var answer = paper(arriving, "completion").body();

        assertThat(answer.at("/paper/months").asInt()).isEqualTo(20);
        assertThat(answer.at("/paper/amount").asString()).isEqualTo("12.34");
        assertThat(answer.at("/paper/amountInCapitals").asString()).isEqualTo("壹拾贰元叁角肆分");
        assertThat(isSealedHere(answer)).isTrue();
        assertThat(here.get("/api/v1/transfers/" + arriving.number() + "/documents", arriving.token())
                        .body()
                        .path("items")
                        .findValuesAsString("kind"))
                .containsExactly("application", "acceptance", "completion", "money-arrival");
        var form = paper(arriving, "application").body();
        assertThat(form.at("/paper/asked/channel").asString()).isEqualTo("国家医保服务平台APP");
        assertThat(form.at("/paper/asked/account").asString()).isEqualTo("MOVES");
        assertThat(paper(arriving, "money-arrival").body().at("/paper/amount").asString())
                .isEqualTo("12.34");
    }
}
