package org.jiexu.transferout;

import java.util.List;
import org.jiexu.bus.client.AnswerTooLarge;
import org.jiexu.bus.client.RegistryUnavailable;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferout.domain.DeclineReasons;
import org.jiexu.transferout.domain.Input;
import org.jiexu.transferout.domain.Outcome;
import org.jiexu.transferout.domain.OutgoingCase;
import org.jiexu.transferout.domain.SheetContent;
import org.jiexu.transferout.domain.TransferOut;
import org.jiexu.transferout.postgres.CaseStore;
import org.jiexu.transferout.registry.SheetRows;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Staff issue the first sheet, or correct a returned one with rows fetched afresh. */
@Component
public class SendSheet {
    private final CaseStore cases;
    private final SheetRows rows;
    private final SealSheet sealSheet;
    private final MoveCase moveCase;
    private final Parking parking;
    private final TransactionTemplate transaction;
    private final CrashPoints crashPoints;

    SendSheet(
            CaseStore cases,
            SheetRows rows,
            SealSheet sealSheet,
            MoveCase moveCase,
            Parking parking,
            TransactionTemplate transaction,
            CrashPoints crashPoints) {
        this.cases = cases;
        this.rows = rows;
        this.sealSheet = sealSheet;
        this.moveCase = moveCase;
        this.parking = parking;
        this.transaction = transaction;
        this.crashPoints = crashPoints;
    }

    public void issue(RegionCode region, CaseNumber number) {
        send(region, number, new Input.Issue());
    }

    public void correct(RegionCode region, CaseNumber number) {
        send(region, number, new Input.Correct());
    }

    private void send(RegionCode region, CaseNumber number, Input.Wish wish) {
        var before = cases.find(number)
                .filter(found -> found.sending().equals(region))
                .orElseThrow(Problem::notFound);
        if (TransferOut.on(before.state(), wish) instanceof Outcome.Moved moved) {
            var content = fetch(before);
            crashPoints.hit("transfer-out.rows-fetched");
            switch (sealSheet.seal(before, SealSheet.issuedBy(moved), content)) {
                case SealSheet.Result.Faulty(var faults) -> throw faulty(faults);
                case SealSheet.Result.Sealed ready -> {
                    transaction.executeWithoutResult(status -> write(number, wish, ready));
                    crashPoints.hit("transfer-out.after-issue");
                }
            }
        } else {
            Wishes.answer(TransferOut.on(before.state(), wish));
        }
    }

    private static Problem faulty(List<CodedReason> faults) {
        return new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "SHEET_FAULTY", "信息表不符合规范，不能发出。").with(faults);
    }

    private SheetContent fetch(OutgoingCase before) {
        try {
            var content = rows.of(List.of(before)).get(before.number());
            if (content == null) {
                throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "RECORD_NOT_FOUND", "参保登记中没有找到该业务的参保记录。");
            }
            return content;
        } catch (AnswerTooLarge e) {
            throw faulty(List.of(DeclineReasons.SHEET_TOO_LARGE));
        } catch (RegistryUnavailable e) {
            throw Problem.unavailable("REGISTRY_UNAVAILABLE", "参保登记服务暂不可用，请稍后再试。");
        }
    }

    private void write(CaseNumber number, Input.Wish wish, SealSheet.Result.Sealed ready) {
        var now = cases.lock(number).orElseThrow(Problem::notFound);
        var outcome = TransferOut.on(now.state(), wish);
        if (outcome instanceof Outcome.Moved moved) {
            if (!SealSheet.issuedBy(moved).equals(ready.fact())) {
                throw Problem.conflict("CASE_MOVED", "该业务刚刚发生变化，请刷新后再试。");
            }
            moveCase.go(now, moved, ready.sheet(), moveCase.ownCause());
            parking.offerAgain(number.value());
            crashPoints.hit("transfer-out.before-issue-commit");
        } else {
            // Withdrawn, declined or issued meanwhile: the row decides, not who was first to fetch.
            Wishes.answer(outcome);
        }
    }
}
