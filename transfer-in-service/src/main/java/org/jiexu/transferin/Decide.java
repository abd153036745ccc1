package org.jiexu.transferin;

import java.util.List;
import java.util.Objects;
import org.jiexu.bus.client.CheckAnswer;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Input;
import org.jiexu.transferin.domain.Outcome;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.Step;
import org.jiexu.transferin.domain.TransferIn;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** 受理 — accepted, or refused and told every reason (43号 Art. 7). */
@Component
public class Decide {
    private static final CodedReason NOT_YOURS = new CodedReason("NOT_YOURS", "只能为本人申请", "请核对本人的姓名和证件号码；为他人申请请由其本人办理");

    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final CarryOut carryOut;
    private final Parking parking;
    private final BusinessClock clock;
    private final CrashPoints crashPoints;

    public Decide(
            TransactionTemplate transaction,
            CaseStore cases,
            CarryOut carryOut,
            Parking parking,
            BusinessClock clock,
            CrashPoints crashPoints) {
        this.transaction = transaction;
        this.cases = cases;
        this.carryOut = carryOut;
        this.parking = parking;
        this.clock = clock;
        this.crashPoints = crashPoints;
    }

    /** The case after the decision; whoever decided it first has decided it. */
    public CaseFile decide(CaseNumber number, CheckAnswer answer) {
        var decided = transaction.execute(status -> {
            var file = cases.lock(number).orElseThrow(Problem::notFound);
            var next = switch (answer) {
                case CheckAnswer.Acceptable(var person, var _, var _) -> accept(file.of(person));
                // Nobody has wished it done here: what stands in the way is told.
                case CheckAnswer.Waiting(var _, var reasons, var _) -> refuse(file, reasons);
                case CheckAnswer.Refused(var reasons) -> refuse(file, reasons);
                case CheckAnswer.NotYours() -> refuse(file, List.of(NOT_YOURS));
            };
            crashPoints.hit("transfer-in.before-decide-commit");
            return next;
        });
        crashPoints.hit("transfer-in.after-decide");
        return Objects.requireNonNull(decided);
    }

    private CaseFile accept(CaseFile file) {
        var at = clock.instant();
        var next = on(file, file.acceptedAt(at), new Input.FoundAcceptable(at));
        if (next.state() instanceof State.Withdrawn && next.acceptedAt() == null) {
            // Withdrawn while the registry was checking: it has reserved the relationship and must learn of the end.
            carryOut.tell(file, Step.WITHDRAWN, at, null);
        }
        return next;
    }

    private CaseFile refuse(CaseFile file, List<CodedReason> reasons) {
        return on(file, file.because(reasons), new Input.FoundUnacceptable());
    }

    private CaseFile on(CaseFile before, CaseFile decided, Input input) {
        return switch (TransferIn.on(before.state(), input)) {
            case Outcome.Moved moved -> {
                var next = carryOut.move(decided, moved, null);
                parking.offerAgain(next.number().value());
                yield next;
            }
            case Outcome.AlreadyDone _ -> before;
            case Outcome.Rejected _ -> throw noAnswerToACheck();
            case Outcome.InConflict _ -> throw noAnswerToACheck();
            case Outcome.NotFound() -> throw Problem.notFound();
        };
    }

    private static IllegalStateException noAnswerToACheck() {
        return new IllegalStateException("the table gave a check an answer for others");
    }
}
