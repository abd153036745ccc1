package org.jiexu.transferin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferin.NewRegion.CHANGSHA;
import static org.jiexu.transferin.NewRegion.HANGZHOU;
import static org.jiexu.transferin.NewRegion.JINING;
import static org.jiexu.transferin.NewRegion.until;

import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.wire.contract.ReminderAnsweredV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferRemindedV1;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 催办、投诉和评价 — what people say about their case, and what they are answered. */
class VoiceStory {
    private final NewRegion here = NewRegion.shared();

    @Test
    @Tag("R10.4")
    @Tag("43-art-10")
    void aReminderGoesToTheOldRegionThatHasTheCaseAndItsAnswerComesBack() {
        var mine = here.somebody(CHANGSHA).accepted();
        var path = "/api/v1/transfers/" + mine.number() + "/reminders";

        var asked = here.post(path, "{\"kind\": \"REMINDER\", \"text\": \" 请尽快开具信息表 \"}", mine.token());
        until(() -> mine.toOldRegion().contains("transfer.reminded.v1"));
        var said = mine.last(Topics.transfer(JINING), TransferRemindedV1.class);
        var answer = new ReminderAnsweredV1(said.reminder(), "信息表今天开具", BusTestKit.START.plusSeconds(60));
        mine.oldRegion(answer);
        until(() -> here.get(path, mine.token()).body().at("/items/0").has("answer"));
        mine.oldRegion(answer);
        mine.oldRegion(new ReminderAnsweredV1(said.reminder(), "不是这样", BusTestKit.START.plusSeconds(90)));
        until(() -> !mine.quarantined().isEmpty());

        assertThat(asked.status()).isEqualTo(201);
        assertThat(said.text()).isEqualTo("请尽快开具信息表");
        assertThat(said.complaint()).isFalse();
        assertThat(asked.body().path("region").asString()).isEqualTo("370800");
        assertThat(here.get(path, mine.token()).body().at("/items/0/answer").asString())
                .isEqualTo("信息表今天开具");
        assertThat(mine.quarantined()).containsExactly("another answer to the same reminder");
        assertThat(here.get(path, here.somebody(CHANGSHA).token()).status()).isEqualTo(404);
        assertThat(here.get("/api/v1/agency/430100/reminders?limit=200", mine.clerk())
                        .text())
                .doesNotContain(said.reminder());
    }

    @Test
    @Tag("R10.4")
    void whatIsAskedOfUsIsATaskAndOurClerksAnswerIsSeenByTheOneWhoAsked() {
        var mine = here.somebody(CHANGSHA).accepted();
        mine.oldRegion(mine.issued(1, "0.00", 24));
        mine.untilState("RECEIVED");
        var path = "/api/v1/transfers/" + mine.number() + "/reminders";

        var asked = here.post(path, "{\"kind\": \"COMPLAINT\", \"text\": \"太慢\"}", mine.token());
        var id = asked.body().path("id").asString();
        var tasks = here.get("/api/v1/agency/430100/tasks?kind=ANSWER_REMINDER&limit=200", mine.clerk());
        var answering = "/api/v1/agency/430100/reminders/" + id + "/answer";
        var byOthers = here.post(answering, "{\"text\": \"好\"}", here.tokens.clerk(HANGZHOU));
        var answered = here.post(answering, "{\"text\": \"今天核对\"}", mine.clerk());
        var again = here.post(answering, "{\"text\": \"今天核对\"}", mine.clerk());
        var other = here.post(answering, "{\"text\": \"明天核对\"}", mine.clerk());

        assertThat(asked.status()).isEqualTo(201);
        assertThat(tasks.text()).contains(mine.number().value());
        assertThat(byOthers.status()).isEqualTo(403);
        assertThat(answered.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(answered.text());
        assertThat(other.body().path("code").asString()).isEqualTo("ALREADY_ANSWERED");
        assertThat(here.get(path, mine.token()).body().at("/items/0/answer").asString())
                .isEqualTo("今天核对");
        assertThat(here.get(path + "/" + id, mine.token()).body().path("kind").asString())
                .isEqualTo("COMPLAINT");
        assertThat(here.get("/api/v1/agency/430100/tasks?kind=ANSWER_REMINDER&limit=200", mine.clerk())
                        .text())
                .doesNotContain(mine.number().value());
        assertThat(here.get("/api/v1/agency/430100/reminders?limit=200", mine.clerk())
                        .text())
                .doesNotContain(id);
        assertThat(here.get("/api/v1/agency/430100/reminders?all=true&limit=200", mine.clerk())
                        .text())
                .contains(id);
        assertThat(mine.toOldRegion()).doesNotContain("transfer.reminded.v1");
    }

    @Test
    @Tag("R10.4")
    void aReminderHasItsLimits() {
        var mine = here.somebody(HANGZHOU).accepted();
        var path = "/api/v1/transfers/" + mine.number() + "/reminders";
        var good = "{\"kind\": \"REMINDER\", \"text\": \"请办理\"}";

        assertThat(here.post(
                                path,
                                "{\"kind\": \"REMINDER\", \"text\": \"%s\"}".formatted("长".repeat(501)),
                                mine.token())
                        .status())
                .isEqualTo(400);
        assertThat(here.post(path, "{\"kind\": \"REMINDER\", \"text\": \" \"}", mine.token())
                        .status())
                .isEqualTo(400);
        assertThat(here.post(path, "{\"kind\": \"SHOUT\", \"text\": \"x\"}", mine.token())
                        .status())
                .isEqualTo(400);
        assertThat(here.post(path, good, here.tokens.clerk(HANGZHOU)).status()).isEqualTo(403);
        for (int i = 0; i < 5; i++) {
            assertThat(here.post(path, good, mine.token()).status()).isEqualTo(201);
        }
        assertThat(here.post(path, good, mine.token()).body().path("code").asString())
                .isEqualTo("TOO_MANY_UNANSWERED");
        assertThat(here.get(path + "?limit=2", mine.token())
                        .body()
                        .path("items")
                        .size())
                .isEqualTo(2);

        mine.oldRegion(mine.issued(1, "0.00", 24));
        mine.untilState("COMPLETED");

        assertThat(here.post(path, good, mine.token()).body().path("code").asString())
                .isEqualTo("CASE_ENDED");
    }

    @Test
    @Tag("R10.3")
    void aCaseIsRatedOnceAfterItsEndByThoseWhoseCaseItIs() {
        var mine = here.somebody(HANGZHOU).accepted();
        var path = "/api/v1/transfers/" + mine.number() + "/rating";
        var before = here.post(path, "{\"score\": 5}", mine.token());
        mine.oldRegion(mine.issued(1, "0.00", 24));
        mine.untilState("COMPLETED");

        var rated = here.post(path, "{\"score\": 4, \"remark\": \"很快\"}", mine.token());
        var again = here.post(path, "{\"score\": 4, \"remark\": \"很快\"}", mine.token());
        var other = here.post(path, "{\"score\": 1}", mine.token());
        var wrong = here.post(path, "{\"score\": 6}", mine.token());
        var byClerk = here.post(path, "{\"score\": 5}", here.tokens.clerk(HANGZHOU));
        var byStranger =
                here.post(path, "{\"score\": 5}", here.somebody(HANGZHOU).token());
        var ratings = here.get("/api/v1/agency/330100/ratings", here.tokens.operator("330000"));

        assertThat(before.body().path("code").asString()).isEqualTo("NOT_ENDED");
        assertThat(rated.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(rated.text());
        assertThat(other.body().path("code").asString()).isEqualTo("ALREADY_RATED");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(byClerk.status()).isEqualTo(403);
        assertThat(byStranger.status()).isEqualTo(404);
        assertThat(ratings.text()).startsWith("""
            {"count":1,"average":4.00,"byScore":{"1":0,"2":0,"3":0,"4":1,"5":0},"items":[{"number":"%s","score":4,\
            "remark":"很快",\
            """.formatted(mine.number()));
        assertThat(here.get("/api/v1/agency/330100/ratings", here.tokens.operator("430000"))
                        .status())
                .isEqualTo(403);
    }
}
