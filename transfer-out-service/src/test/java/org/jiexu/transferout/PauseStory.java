package org.jiexu.transferout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jiexu.transferout.OldRegion.JINING;
import static org.jiexu.transferout.OldRegion.until;

import java.util.List;
import org.jiexu.bus.time.DeadlineView;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferout.domain.State;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.DeadlineStatusV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferPausedV1;
import org.jiexu.wire.contract.TransferSupplementedV1;
import org.jiexu.wire.contract.WireJson;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 补正暂停 — the old region's clock stands still while it waits for the applicant. */
@Tag("R4.6")
class PauseStory {
    private final OldRegion old = OldRegion.shared();
    private final PauseClock pauseClock = old.bean(PauseClock.class);

    @Test
    void theOtherRegionAndThePersonAreToldAndTheSupplementLetsItRun() {
        var leaving = old.newCase(JINING);
        leaving.accepted().untilState(State.Name.HOLDING);

        pauseClock.pause(JINING, leaving.number, "请补充转出申请");
        pauseClock.pause(JINING, leaving.number, "请补充转出申请");
        assertThatThrownBy(() -> pauseClock.pause(JINING, leaving.number, "别的")).isInstanceOf(Problem.class);
        leaving.untilToB("transfer.paused.v1");
        var said = leaving.last(Topics.transfer(OldRegion.B), TransferPausedV1.class);
        assertThat(said.reason()).isEqualTo("请补充转出申请");
        until(_ -> steps(leaving).contains("PAUSED"));
        assertThat(leaving.last(Topics.PROGRESS, CaseProgressedV1.class).deadlines())
                .extracting(DeadlineStatusV1::pausedSince)
                .containsExactly(said.at());

        leaving.transferIn(new TransferSupplementedV1("OUT-7", List.of("IDENTITY_CARD"), said.at()));
        leaving.transferIn(new TransferSupplementedV1(said.pause(), List.of("IDENTITY_CARD"), said.at()));
        leaving.transferIn(new TransferSupplementedV1(said.pause(), List.of("IDENTITY_CARD"), said.at()));
        leaving.untilToB("transfer.paused.v1", "transfer.resumed.v1");
        until(_ -> steps(leaving).contains("RESUMED"));
        assertThat(leaving.deadlines().getFirst().pause()).isNull();
        // The 14th does not count anyway: it was paused and went on within the starting day.
        assertThat(leaving.deadlines().getFirst().dueOn()).isEqualTo("2026-09-28");
        assertThatThrownBy(() -> pauseClock.resume(JINING, leaving.number)).isInstanceOf(Problem.class);
    }

    @Test
    void theSheetEndsThePauseAndTellsTheOtherRegion() {
        var leaving = old.newCase(JINING);
        leaving.accepted().untilState(State.Name.HOLDING);
        leaving.held(1, "88.00").untilState(State.Name.HELD);
        pauseClock.pause(JINING, leaving.number, "请补充转出申请");

        old.bean(SendSheet.class).issue(JINING, leaving.number);

        leaving.untilToB("transfer.paused.v1", "transfer.resumed.v1", "info-sheet.issued.v1");
        assertThat(leaving.deadlines()).singleElement().satisfies(limit -> {
            assertThat(limit.status()).isEqualTo(DeadlineView.Status.MET);
            assertThat(limit.pause()).isNull();
        });
        assertThatThrownBy(() -> pauseClock.pause(JINING, leaving.number, "太晚了"))
                .isInstanceOf(Problem.class);
    }

    private static List<String> steps(OldRegion.Leaving leaving) {
        return OldRegion.shared().kit.events(Topics.PROGRESS, leaving.number.value()).stream()
                .map(envelope ->
                        WireJson.read(envelope.data(), CaseProgressedV1.class).step())
                .toList();
    }
}
