package org.jiexu.transferin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.jiexu.transferin.NewRegion.CHANGSHA;
import static org.jiexu.transferin.NewRegion.HANGZHOU;
import static org.jiexu.transferin.NewRegion.JINING;
import static org.jiexu.transferin.NewRegion.until;

import java.util.List;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.bus.time.DeadlineView;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.transferin.NewRegion.Arriving;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DeadlineStatusV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferPausedV1;
import org.jiexu.wire.contract.TransferResumedV1;
import org.jiexu.wire.contract.TransferSupplementedV1;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 补正暂停 — the clock stands still while something is asked of the applicant after acceptance. */
@Tag("R4.6")
class PauseStory {
    private static final String WHY = "{\"reason\": \"请补充参保凭证\"}";

    private final NewRegion here = NewRegion.shared();

    @Test
    void aClerkAsksTheClockStandsStillAndASupplementLetsItRun() {
        var mine = received();

        var paused = mine.act("pause", WHY);
        var again = mine.act("pause", WHY);
        var other = mine.act("pause", "{\"reason\": \"请补充申请表\"}");
        assertThat(paused.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(paused.text());
        assertThat(other.body().path("code").asString()).isEqualTo("ALREADY_PAUSED");
        assertThat(mine.show().body().at("/waitingFor/0/reason").asString()).isEqualTo("请补充参保凭证");
        assertThat(mine.show().body().at("/waitingFor/0/region").asString()).isEqualTo("430100");
        assertThat(mine.show().body().at("/promise/explanation/sentences").toString())
                .contains("自9月14日起暂停计时（请补充参保凭证），届满日期在恢复后顺延。");
        until(() -> steps(mine).contains("PAUSED"));
        assertThat(told(mine, "PAUSED"))
                .filteredOn(limit -> limit.pausedSince() != null)
                .extracting(DeadlineStatusV1::kind, DeadlineStatusV1::pauseReason)
                .containsExactlyInAnyOrder(tuple(DeadlineKind.PROMISE, "请补充参保凭证"), tuple(DeadlineKind.BOOK, "请补充参保凭证"));

        assertThat(here.somebody(CHANGSHA)
                        .accepted()
                        .supplement(mine.token(), "IDENTITY_CARD")
                        .status())
                .isEqualTo(404);
        assertThat(mine.supplement(mine.token(), "IDENTITY_CARD").status()).isEqualTo(201);

        assertThat(mine.show().body().path("waitingFor").isEmpty()).isTrue();
        assertThat(open(mine))
                .allMatch(limit -> limit.pause() == null && limit.pauses().size() == 1);
        until(() -> steps(mine).contains("RESUMED"));
        assertThat(mine.act("resumption", null).body().path("code").asString()).isEqualTo("NOT_PAUSED");
        assertThat(mine.supplement(mine.token(), "IDENTITY_CARD")
                        .body()
                        .path("code")
                        .asString())
                .isEqualTo("NOTHING_ASKED");
    }

    @Test
    void whoGoesOnWaitsNoMore() {
        var mine = received();
        mine.act("pause", WHY);

        mine.act("confirmation", "{\"version\": 1}");

        assertThat(mine.show().body().path("state").asString()).isEqualTo("BOOKED");
        assertThat(mine.show().body().path("waitingFor").isEmpty()).isTrue();
        assertThat(open(mine)).extracting(DeadlineView::kind).contains(DeadlineKind.CREDIT);
        assertThat(open(mine)).allMatch(limit -> limit.pause() == null);
    }

    @Test
    void theOldRegionsPauseIsSeenHereStopsThePromiseAndIsEndedThereByTheSupplement() {
        var mine = here.somebody(CHANGSHA).accepted();
        var at = BusTestKit.START.plusSeconds(60);
        mine.oldRegion(new TransferResumedV1("OUT-1", at.plusSeconds(600)));
        until(() -> mine.parked() == 1);

        mine.oldRegion(new TransferPausedV1("OUT-2", "请补充转出申请", at));
        until(() -> !mine.show().body().path("waitingFor").isEmpty());
        mine.oldRegion(new TransferPausedV1("OUT-2", "请补充转出申请", at));
        mine.oldRegion(new TransferPausedV1("OUT-2", "请补充别的", at));
        until(() -> !mine.quarantined().isEmpty());
        assertThat(mine.quarantined()).containsExactly("another pause has that name");
        assertThat(mine.show().body().at("/waitingFor/0/region").asString()).isEqualTo("370800");
        assertThat(open(mine))
                .singleElement()
                .satisfies(promise -> assertThat(promise.pause()).isNotNull());

        assertThat(mine.supplement(mine.token(), "IDENTITY_CARD").status()).isEqualTo(201);
        until(() -> mine.toOldRegion().contains("transfer.supplemented.v1"));
        var said = mine.last(Topics.transfer(JINING), TransferSupplementedV1.class);
        assertThat(said.pause()).isEqualTo("OUT-2");
        assertThat(said.materials()).containsExactly("IDENTITY_CARD");
        assertThat(mine.show().body().path("waitingFor").size())
                .as("until it says so")
                .isEqualTo(1);

        mine.oldRegion(new TransferResumedV1("OUT-2", at.plusSeconds(600)));
        until(() -> mine.show().body().path("waitingFor").isEmpty());
        assertThat(mine.show().text()).contains("转出地已恢复办理");
        assertThat(steps(mine))
                .as("the old region tells people itself")
                .doesNotContain("PAUSED_THERE", "RESUMED_THERE");
    }

    @Test
    void onlyOurClerksAskAndOnlyWhereAClockRuns() {
        var mine = here.somebody(CHANGSHA);
        mine.apply(mine.atWindow(), mine.clerk());
        var path = "/api/v1/agency/430100/transfers-in/" + mine.number() + "/";

        assertThat(mine.act("pause", WHY).body().path("code").asString()).isEqualTo("NO_CLOCK_RUNS");
        assertThat(here.post(path + "pause", WHY, here.tokens.clerk(HANGZHOU)).status())
                .isIn(403, 404);
        assertThat(here.post(path + "pause", WHY, mine.token()).status()).isEqualTo(403);
        assertThat(mine.act("pause", "{}").status()).isEqualTo(400);
        assertThat(mine.act("pause", "{\"reason\": \"%s\"}".formatted("长".repeat(201)))
                        .status())
                .isEqualTo(400);
        assertThat(mine.act("pause", "{\"reason\": \"请来电13800000000\"}").status())
                .isEqualTo(400);
    }

    private Arriving received() {
        var mine = here.somebody(CHANGSHA).accepted();
        mine.oldRegion(mine.issued(1, "88.00", 24));
        return mine.untilState("RECEIVED");
    }

    private List<DeadlineView> open(Arriving mine) {
        return here.bean(Deadlines.class).of(mine.number().value()).stream()
                .filter(limit -> limit.status() == DeadlineView.Status.OPEN)
                .toList();
    }

    private static List<String> steps(Arriving mine) {
        return mine.progress().stream().map(CaseProgressedV1::step).toList();
    }

    private static List<DeadlineStatusV1> told(Arriving mine, String step) {
        return mine.progress().stream()
                .filter(progress -> progress.step().equals(step))
                .flatMap(progress -> progress.deadlines().stream())
                .toList();
    }
}
