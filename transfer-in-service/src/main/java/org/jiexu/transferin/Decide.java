package org.jiexu.transferin;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
import org.jiexu.wire.vocabulary.PersonId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** 受理 — accepted, or refused and told every reason (43号 Art. 7). */
@Component
public class Decide {
    private static final CodedReason NOT_YOURS = new CodedReason("NOT_YOURS", "只能为本人申请", "请核对本人的姓名和证件号码；为他人申请请由其本人办理");

    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final CheckPapers papers;
    private final SupplementLimit supplementLimit;
    private final CarryOut carryOut;
    private final Parking parking;
    private final BusinessClock clock;
    private final CrashPoints crashPoints;

    public Decide(
            TransactionTemplate transaction,
            CaseStore cases,
            CheckPapers papers,
            SupplementLimit supplementLimit,
            CarryOut carryOut,
            Parking parking,
            BusinessClock clock,
            CrashPoints crashPoints) {
        this.transaction = transaction;
        this.cases = cases;
        this.papers = papers;
        this.supplementLimit = supplementLimit;
        this.carryOut = carryOut;
        this.parking = parking;
        this.clock = clock;
        this.crashPoints = crashPoints;
    }

    /** The case after the decision; whoever decided it first has decided it. */
    public CaseFile decide(CaseNumber number, CheckAnswer answer) {
        var decided = transaction.execute(status -> {
            var file = cases.lock(number).orElseThrow(Problem::notFound);
            var missing = papers.missing(file);
            var next = switch (answer) {
                case CheckAnswer.Acceptable(var person, var _, var notBefore) ->
                    found(file, file.of(person).notBefore(notBefore), missing, List.of());
                case CheckAnswer.Waiting(var person, var reasons, var _) ->
                    found(file, file.of(person), missing, reasons);
                case CheckAnswer.Refused(var reasons, var person) -> refuse(known(file, person), reasons, missing);
                case CheckAnswer.NotYours() -> refuse(file, List.of(NOT_YOURS), List.of());
            };
            crashPoints.hit("transfer-in.before-decide-commit");
            return next;
        });
        crashPoints.hit("transfer-in.after-decide");
        return Objects.requireNonNull(decided);
    }

    /** Nothing stands against it but what is missing on paper, or what is being mended on-line. */
    private CaseFile found(CaseFile before, CaseFile found, List<CodedReason> missing, List<CodedReason> mended) {
        var at = clock.instant();
        CaseFile next;
        if (!missing.isEmpty()) {
            var asked = found.supplementBy(supplementLimit.from(at, found));
            next = on(before, asked.because(all(missing, mended)), new Input.PapersMissing());
        } else if (!mended.isEmpty()) {
            next = on(before, found.because(mended), new Input.FoundWaiting());
        } else {
            next = on(before, found.acceptedAt(at).because(List.of()), new Input.FoundAcceptable(at));
        }
        if (next.state() instanceof State.Withdrawn && before.person() == null) {
            // Withdrawn while the registry was checking: what it keeps for the application must end with it.
            carryOut.tell(found.in(next.state()), Step.WITHDRAWN, at, null);
        }
        return next;
    }

    /** R10.2: who is refused is told; nobody is who gave another one's number with his own name. */
    private static CaseFile known(CaseFile file, @Nullable PersonId person) {
        return person == null ? file : file.of(person);
    }

    /** Conditions fail: refused, and what is missing on paper is told as well (R2.3). */
    private CaseFile refuse(CaseFile file, List<CodedReason> reasons, List<CodedReason> missing) {
        return on(file, file.because(all(reasons, missing)), new Input.FoundUnacceptable());
    }

    private static List<CodedReason> all(List<CodedReason> first, List<CodedReason> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private CaseFile on(CaseFile before, CaseFile decided, Input input) {
        return switch (TransferIn.on(before.state(), input)) {
            case Outcome.Moved moved -> {
                var next = carryOut.move(decided, moved, null);
                parking.offerAgain(next.number().value());
                yield next;
            }
            case Outcome.AlreadyDone _ -> stays(before, decided);
            case Outcome.Rejected _ -> throw noAnswerToACheck();
            case Outcome.InConflict _ -> throw noAnswerToACheck();
            case Outcome.NotFound() -> throw Problem.notFound();
        };
    }

    /** While one-stop handling goes on, what is left of it is shown; whatever has been decided stays as it was. */
    private CaseFile stays(CaseFile before, CaseFile asked) {
        return before.state() instanceof State.Waiting && !before.reasons().equals(asked.reasons())
                ? cases.save(asked.in(before.state()))
                : before;
    }

    private static IllegalStateException noAnswerToACheck() {
        return new IllegalStateException("the table gave a check an answer for others");
    }
}
