package org.jiexu.transferin;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.journal.SigningKeys;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Idempotency;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Input;
import org.jiexu.transferin.domain.Outcome;
import org.jiexu.transferin.domain.ReceivedSheet;
import org.jiexu.transferin.domain.RegisteredPaper;
import org.jiexu.transferin.domain.SheetReview;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.TransferIn;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.transferin.postgres.PaperStore;
import org.jiexu.transferin.postgres.SheetStore;
import org.jiexu.wire.sheet.InfoSheet;
import org.jiexu.wire.sheet.SealedSheet;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 登记纸质材料 — what an old region outside the platform says by post enters the same cells as its messages would (R3.7): a
 * sheet is issued, a written refusal declines, a written withdrawal withdraws.
 */
@Component
public class TakePaper {
    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final SheetStore sheets;
    private final PaperStore papers;
    private final CarryOut carryOut;
    private final ReviewSheet reviewSheet;
    private final SigningKeys keys;
    private final ServiceIdentity identity;
    private final Parking parking;
    private final BusinessClock clock;

    public TakePaper(
            TransactionTemplate transaction,
            CaseStore cases,
            SheetStore sheets,
            PaperStore papers,
            CarryOut carryOut,
            ReviewSheet reviewSheet,
            SigningKeys keys,
            ServiceIdentity identity,
            Parking parking,
            BusinessClock clock) {
        this.transaction = transaction;
        this.cases = cases;
        this.sheets = sheets;
        this.papers = papers;
        this.carryOut = carryOut;
        this.reviewSheet = reviewSheet;
        this.keys = keys;
        this.identity = identity;
        this.parking = parking;
        this.clock = clock;
    }

    /** The sheet as typed from paper. */
    public record Typed(InfoSheet.Head head, List<SheetRow> rows, InfoSheet.Foot foot) {
        /** Without the person. */
        @Override
        public String toString() {
            return "Typed[" + foot + "]";
        }
    }

    /**
     * @param isAsOnPaper the clerk has compared: its faults stand on the paper itself. Else they are told and nothing is
     *     registered.
     */
    public CaseFile sheet(CaseNumber number, RegisteredPaper paper, Typed typed, boolean isAsOnPaper) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var file = onPaper(number);
            Idempotency.produced("/api/v1/transfers/" + number);
            var sheet = received(file, receivedAt(file, paper), typed);
            var faults = SheetReview.faults(file, sheet, sheet.sealed().read());
            if (!faults.isEmpty() && !isAsOnPaper) {
                throw new Problem(
                                HttpStatus.UNPROCESSABLE_CONTENT,
                                "SHEET_HAS_FAULTS",
                                "所录信息表存在问题，请核对纸质原件；原件确实如此的，请注明后登记并退回。")
                        .with(faults);
            }
            var input = new Input.Issued(sheet.version(), sheet.sealed().digest(), sheet.amount(), sheet.issuedAt());
            return switch (TransferIn.on(file.state(), input)) {
                case Outcome.Moved moved -> {
                    sheets.keep(sheet, clock.instant());
                    papers.keep(number, paper.of(sheet.version()));
                    reviewSheet.received(carryOut.move(file, moved, null), sheet, null);
                    parking.offerAgain(number.value());
                    yield cases.find(number).orElseThrow();
                }
                case Outcome.AlreadyDone _ -> file;
                case Outcome.Rejected _ -> throw notExpected();
                case Outcome.InConflict(var conflict) ->
                    throw Problem.conflict(conflict.name(), conflict.words() + "。");
                case Outcome.NotFound() -> throw Problem.notFound();
            };
        }));
    }

    public CaseFile refusal(CaseNumber number, RegisteredPaper paper, List<CodedReason> reasons, boolean moneySent) {
        return end(number, paper, reasons, new Input.DeclinedThere(moneySent));
    }

    public CaseFile withdrawal(CaseNumber number, RegisteredPaper paper) {
        return end(number, paper, List.of(), new Input.WithdrawnThere());
    }

    private CaseFile end(CaseNumber number, RegisteredPaper paper, List<CodedReason> reasons, Input input) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var file = onPaper(number);
            Idempotency.produced("/api/v1/transfers/" + number);
            return switch (TransferIn.on(file.state(), input)) {
                case Outcome.Moved moved -> {
                    papers.keep(number, paper);
                    var next = carryOut.move(file.because(reasons), moved, null);
                    parking.offerAgain(number.value());
                    yield next;
                }
                case Outcome.AlreadyDone _ -> file;
                case Outcome.Rejected _ -> throw notExpected();
                case Outcome.InConflict(var conflict) ->
                    throw Problem.conflict(conflict.name(), conflict.words() + "。");
                case Outcome.NotFound() -> throw Problem.notFound();
            };
        }));
    }

    private CaseFile onPaper(CaseNumber number) {
        var file = cases.lock(number).orElseThrow(Problem::notFound);
        if (!file.application().onPaper()) {
            throw Problem.conflict("NOT_ON_PAPER", "转出地已接入平台，材料由其在线发送，不登记纸质件。");
        }
        return file;
    }

    /** Our own seal: staff of this region vouch for what they have typed. */
    private ReceivedSheet received(CaseFile file, Instant at, Typed typed) {
        var sheet = new InfoSheet(
                file.number(),
                expected(file.state()),
                file.sending(),
                file.receiving(),
                typed.head(),
                typed.rows(),
                typed.foot());
        var amount = typed.foot().amount();
        return new ReceivedSheet(
                file.number(),
                sheet.version(),
                SealedSheet.seal(sheet, keys.of(identity.source(file.receiving()))),
                amount,
                amount.isPositive() ? new RemittanceNumber(file.number(), 1) : null,
                at);
    }

    /** 43号 Art. 9: the receiving region's days run from the day on which the paper came. */
    private Instant receivedAt(CaseFile file, RegisteredPaper paper) {
        var acceptedAt = file.acceptedAt();
        var day = paper.receivedOn();
        if (day.isAfter(clock.today())) {
            throw Problem.field("receivedOn", "IN_THE_FUTURE", "收件日期不能晚于今天。");
        }
        if (acceptedAt != null
                && day.isBefore(acceptedAt.atZone(BusinessClock.ZONE).toLocalDate())) {
            throw Problem.field("receivedOn", "BEFORE_ACCEPTANCE", "收件日期不能早于受理日期。");
        }
        return day.equals(clock.today())
                ? clock.instant()
                : day.atStartOfDay(BusinessClock.ZONE).toInstant();
    }

    /** A paper has no version: it is the one that is waited for, or the one that is here. */
    private static int expected(State.Case state) {
        return switch (state) {
            case State.Returned(int version, var _, var _) -> version + 1;
            case State.Received(int version, var _, var _) -> version;
            case State.YearRunning(int version, var _, var _) -> version;
            case State.Booked(int version, var _, var _) -> version;
            case State.Completed(int version, var _, var _) -> version;
            case State.Submitted _,
                    State.Incomplete _,
                    State.Waiting _,
                    State.Refused _,
                    State.Accepted _,
                    State.Withdrawing _,
                    State.Withdrawn _,
                    State.Declined _ -> 1;
        };
    }

    private static Problem notExpected() {
        return Problem.conflict("PAPER_NOT_EXPECTED", "该业务目前不能登记这份材料，或其内容与已登记的不一致，请核对。");
    }
}
