package org.jiexu.transferout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jiexu.transferout.OldRegion.B;
import static org.jiexu.transferout.OldRegion.HANGZHOU;
import static org.jiexu.transferout.OldRegion.JINING;

import java.util.List;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferout.domain.DeclineReasons;
import org.jiexu.transferout.domain.State;
import org.jiexu.transferout.domain.Task;
import org.jiexu.wire.contract.InfoSheetIssuedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferDeclinedV1;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.contract.WithdrawalRequestedV1;
import org.jiexu.wire.envelope.Envelope;
import org.junit.jupiter.api.Test;

/** A history so long that no sheet of it can travel: the case has one end, and no money goes. */
class LargeSheetStory {
    private static final String HOLD = "balance.hold-requested.v1";
    private static final String HELD = "balance.held.v1";
    private static final String RELEASE = "balance.release-ordered.v1";
    private static final String ISSUED = "info-sheet.issued.v1";
    private static final String DECLINED = "transfer.declined.v1";
    private static final int TOO_MANY = 900;

    private final OldRegion old = OldRegion.shared();

    @Test
    void theSystemDeclinesWhatCannotTravelAndFreesTheBalance() {
        var leaving = old.newCase(HANGZHOU).withImported(TOO_MANY).accepted().untilState(State.Name.HOLDING);

        leaving.held(1, "777.77").untilState(State.Name.DECLINED).untilToB(DECLINED);

        assertThat(leaving.last(Topics.transfer(B), TransferDeclinedV1.class))
                .isEqualTo(new TransferDeclinedV1(List.of(DeclineReasons.SHEET_TOO_LARGE), false));
        OldRegion.until(_ -> leaving.money().equals(List.of(HOLD, HELD, RELEASE)));
        assertThat(leaving.tasks()).isEmpty();
    }

    @Test
    void whatIsTooLongToBeReadEndsAloneAndKeepsNobodyWaiting() {
        var endless = old.newCase(HANGZHOU).withEndlessRemark().accepted().untilState(State.Name.HOLDING);
        var other = old.newCase(HANGZHOU).accepted().untilState(State.Name.HOLDING);

        endless.held(1, "5.00");
        other.held(1, "6.00");

        endless.untilState(State.Name.DECLINED).untilToB(DECLINED);
        other.untilState(State.Name.ISSUED);
    }

    @Test
    void staffAreToldAndDeclineOrThePersonWithdraws() {
        var leaving = old.newCase(JINING).withImported(TOO_MANY).accepted().untilState(State.Name.HOLDING);
        leaving.held(1, "777.77").untilState(State.Name.HELD);

        assertThatThrownBy(() -> old.bean(SendSheet.class).issue(JINING, leaving.number))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.reasons()).containsExactly(DeclineReasons.SHEET_TOO_LARGE));

        assertThat(leaving.state()).isEqualTo(State.Name.HELD);
        assertThat(leaving.tasks()).containsExactly(Task.ISSUE_SHEET);
        assertThat(DeclineReasons.ofCode("SHEET_TOO_LARGE")).contains(DeclineReasons.SHEET_TOO_LARGE);
        leaving.transferIn(new WithdrawalRequestedV1(OldRegion.ACCEPTED_AT)).untilState(State.Name.WITHDRAWN);
        OldRegion.until(_ -> leaving.money().equals(List.of(HOLD, HELD, RELEASE)));
    }

    @Test
    void aLongHistoryThatFitsLeaves() {
        var leaving = old.newCase(HANGZHOU).withImported(600).accepted().untilState(State.Name.HOLDING);

        leaving.held(1, "777.77").untilToB(ISSUED);

        var issued = leaving.last(Topics.transfer(B), InfoSheetIssuedV1.class);
        assertThat(WireJson.write(issued).length()).isBetween(200_000, Envelope.MOST_DATA_BYTES);
    }
}
