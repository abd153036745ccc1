package org.jiexu.transferout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferout.OldRegion.HANGZHOU;
import static org.jiexu.transferout.OldRegion.JINING;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jiexu.bus.testing.walk.DoorWalk;
import org.jiexu.bus.testing.walk.Samples;
import org.jiexu.bus.testing.walk.WireWalk;
import org.jiexu.transferout.OldRegion.Leaving;
import org.jiexu.transferout.domain.State;
import org.jiexu.transferout.domain.Task;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.InfoSheetReturnedV1;
import org.jiexu.wire.contract.TopicFamily;
import org.jiexu.wire.contract.TransferCompletedV1;
import org.jiexu.wire.contract.TransferRemindedV1;
import org.jiexu.wire.contract.WithdrawalRequestedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every input is done, or answered with a reason: none is dropped, none is a failure of ours. Before the others: it
 * looks at every row of every table after each request, and theirs are many.
 */
@Order(1)
class EveryInputStory {
    private static final long SEED = 43;
    private static final int MOST = Integer.getInteger("walk.most", 6);

    /** Heard by this side of a case; what else comes on its topics is said to others. */
    private static final Set<EventType> HEARD = EnumSet.of(
            EventType.TRANSFER_ACCEPTED,
            EventType.WITHDRAWAL_REQUESTED,
            EventType.INFO_SHEET_RETURNED,
            EventType.CONTACT_LETTER_ISSUED,
            EventType.TRANSFER_REMINDED,
            EventType.TRANSFER_SUPPLEMENTED,
            EventType.TRANSFER_COMPLETED,
            EventType.HELD,
            EventType.HOLD_REFUSED,
            EventType.PAID_OUT,
            EventType.RETURNED,
            EventType.PARTICIPATION_RESUMED);

    private final OldRegion old = OldRegion.shared();

    @Test
    void theDoorAnswersEverything() {
        var cases = inEveryState();
        var first = cases.getFirst();
        first.transferIn(new TransferRemindedV1("R-walk", false, "请尽快办理。", OldRegion.ACCEPTED_AT));
        first.untilHeard();
        var walk = new DoorWalk(old.context, new Samples(), SEED)
                .voice("clerk", old.tokens.clerk(JINING))
                .voice("operator", old.tokens.operator("370000"))
                .voice("service", old.tokens.service("transfer-in"))
                .voice("another region's clerk", old.tokens.clerk(HANGZHOU))
                .place("service", "transfer-out", "nobody")
                .place("record", "0")
                .operatorsOfTheBus()
                .place("region", JINING.value(), HANGZHOU.value(), "430100")
                .place("number", cases.stream().map(each -> each.number.value()).toArray(String[]::new))
                .place("id", "R-walk")
                .closed(
                        "GET /api/v1/agency/{region}/transfers-out/{number}/contact-letter",
                        "DeskStory has a sealed one")
                .body("POST /api/v1/agency/{region}/transfers-out/{number}/pause", "{\"reason\": \"请补充材料\"}")
                .body(
                        "POST /api/v1/agency/{region}/transfers-out/{number}/decline",
                        "{\"reasons\": [\"WRONG_PERSON\"]}");

        var findings = walk.walk(MOST);

        assertThat(findings).as("of %s requests", walk.asked()).isEmpty();
    }

    @Test
    void everyEventIsAnswered() {
        var walk = new WireWalk(old.context, old.kit::key, old.kit::sendSoon, SEED);
        for (var leaving : inEveryState()) {
            walk.say(
                    about(leaving),
                    JINING,
                    List.of(OldRegion.B, JINING),
                    EnumSet.of(TopicFamily.TRANSFER, TopicFamily.BALANCE));
            walk.say(
                    new WireWalk.About(leaving.person.value(), samples(leaving)),
                    JINING,
                    List.of(OldRegion.B, JINING),
                    EnumSet.of(TopicFamily.PARTICIPATION));
        }
        walk.say(
                about(old.newCase(JINING)),
                JINING,
                List.of(OldRegion.B),
                EnumSet.of(TopicFamily.TRANSFER, TopicFamily.BALANCE));

        assertThat(walk.findings(HEARD))
                .as("of %s: %s", walk.said(), walk.answers())
                .isEmpty();
    }

    /** Of 济宁, in the order in which a case lives. */
    private List<Leaving> inEveryState() {
        var clerk = old.bean(SendSheet.class);
        var holding = old.newCase(JINING).accepted().untilState(State.Name.HOLDING);
        var held = held();
        var issued = held();
        clerk.issue(JINING, issued.number);
        var returned = held();
        clerk.issue(JINING, returned.number);
        returned.transferIn(new InfoSheetReturnedV1(1, List.of(), false)).untilState(State.Name.RETURNED);
        var completed = held();
        clerk.issue(JINING, completed.number);
        completed.transferIn(new TransferCompletedV1(1, Fen.parse("10.00"))).untilState(State.Name.COMPLETED);
        var withdrawn = held();
        withdrawn.transferIn(new WithdrawalRequestedV1(OldRegion.ACCEPTED_AT)).untilState(State.Name.WITHDRAWN);
        return List.of(holding, held, issued, returned, completed, withdrawn);
    }

    private Leaving held() {
        var leaving = old.newCase(JINING).accepted().untilState(State.Name.HOLDING);
        leaving.held(1, "10.00").untilState(State.Name.HELD);
        OldRegion.until(_ -> leaving.tasks().equals(List.of(Task.ISSUE_SHEET)));
        return leaving;
    }

    private static Samples samples(Leaving leaving) {
        return new Samples()
                .type(CaseNumber.class, leaving.number)
                .type(RemittanceNumber.class, new RemittanceNumber(leaving.number, 1))
                .type(PersonId.class, leaving.person)
                .name("from", JsonMapper.shared().readTree("\"370800\""))
                .name("sending", JsonMapper.shared().readTree("\"370800\""))
                .name("region", JsonMapper.shared().readTree("\"370800\""));
    }

    private static WireWalk.About about(Leaving leaving) {
        return new WireWalk.About(leaving.number.value(), samples(leaving));
    }
}
