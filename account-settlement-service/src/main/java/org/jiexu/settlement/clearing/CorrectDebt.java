package org.jiexu.settlement.clearing;

import java.time.Instant;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.JoinAccounts;
import org.jiexu.settlement.domain.Hands;
import org.jiexu.settlement.domain.Ledger;
import org.jiexu.settlement.domain.clearing.ClearingPostings;
import org.jiexu.settlement.domain.clearing.Debts;
import org.jiexu.settlement.postgres.BillStore;
import org.jiexu.settlement.postgres.CaseStore;
import org.jiexu.settlement.postgres.DebtStore;
import org.jiexu.settlement.postgres.DebtStore.CorrectionStep;
import org.jiexu.settlement.postgres.HandStore;
import org.jiexu.settlement.postgres.LedgerStore;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.contract.TakenBackV1;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 冲正 — an advance that should not have been is taken back from the account, once, in the quarter that runs (R7.4). The case
 * that it was credited to is told in the same transaction (R7.6).
 */
@Component
public class CorrectDebt {
    private final DebtStore debts;
    private final BillStore bills;
    private final CaseStore cases;
    private final LedgerStore ledger;
    private final HandStore hands;
    private final JoinAccounts joinAccounts;
    private final BookDebt bookDebt;
    private final TurnOfTheQuarter turn;
    private final ServiceIdentity identity;
    private final Outbox outbox;
    private final BusinessClock clock;
    private final TransactionTemplate transaction;

    CorrectDebt(
            DebtStore debts,
            BillStore bills,
            CaseStore cases,
            LedgerStore ledger,
            HandStore hands,
            JoinAccounts joinAccounts,
            BookDebt bookDebt,
            TurnOfTheQuarter turn,
            ServiceIdentity identity,
            Outbox outbox,
            BusinessClock clock,
            TransactionTemplate transaction) {
        this.debts = debts;
        this.bills = bills;
        this.cases = cases;
        this.ledger = ledger;
        this.hands = hands;
        this.joinAccounts = joinAccounts;
        this.bookDebt = bookDebt;
        this.turn = turn;
        this.identity = identity;
        this.outbox = outbox;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** The clerk's half. Prepared by somebody before: that stands. */
    public void prepare(RegionCode region, String debt, String reason, Caller clerk) {
        transaction.executeWithoutResult(_ -> {
            requireCorrectable(advance(region, debt), clock.instant());
            debts.prepareCorrection(region, debt, reason, clerk.subject(), clock.instant());
        });
    }

    /** The reviewer's half: the money goes back, and the debt is taken back in the quarter of this moment. */
    public void approve(RegionCode region, String debt, Caller reviewer) {
        transaction.executeWithoutResult(_ -> {
            var advance = advance(region, debt);
            // First, as a message of the case does: what is said of the case is counted under it, and the quarter waits
            // for nobody.
            cases.lock(advance.remittance().caseNumber());
            var step = debts.lockCorrection(region, debt)
                    .orElseThrow(() -> Problem.conflict("NOT_PREPARED", "该笔清算债务尚未经办冲正，不能复核。"));
            if (!step.isDone()) {
                requireOther(step, reviewer);
                var moment = turn.bookingMoment(region);
                requireCorrectable(advance, moment);
                takeBack(
                        Debts.correction(advance, moment).because(step.reason()),
                        new Hands(Hands.Act.CORRECTION, step.preparedBy(), reviewer.subject()),
                        moment);
                tellCase(advance, step.reason(), moment);
                debts.approveCorrection(region, debt, reviewer.subject(), moment);
            }
        });
    }

    /** How far it is. */
    public CorrectionStep step(RegionCode region, String debt) {
        var found = transaction.execute(_ -> debts.lockCorrection(region, debt));
        if (found == null) {
            throw Problem.notFound();
        }
        return found.orElseThrow(Problem::notFound);
    }

    private void takeBack(DebtRecordedV1 correction, Hands both, Instant moment) {
        PersonId person = debts.creditedTo(correction.remittance())
                .map(credited -> joinAccounts.now(correction.creditor(), credited))
                .orElseThrow(() -> new IllegalStateException("an advance that nobody was credited with"));
        var posting = ClearingPostings.takenBack(correction, person);
        switch (ledger.post(posting, moment)) {
            case Ledger.Answer.Posted _, Ledger.Answer.Exists _ -> {
                hands.write(posting, both);
                bookDebt.book(correction, null);
            }
            case Ledger.Answer.ExistsWithOtherContent _ ->
                throw new IllegalStateException("correction " + correction.debt() + " was posted with other content");
            case Ledger.Answer.Refused(var _, var refusal) ->
                throw Problem.conflict("ACCOUNT_CANNOT_PAY", "个人账户余额不足、已止付或已冻结，不能冲正。")
                        .with("refusal", refusal.name());
        }
    }

    /** R7.6: the case and its papers state the amount until it hears of this. */
    private void tellCase(DebtRecordedV1 advance, String ground, Instant moment) {
        outbox.append(Event.balance(
                identity.source(advance.creditor()),
                advance.creditor(),
                advance.remittance().caseNumber(),
                new TakenBackV1(advance.remittance(), advance.amount(), ground, moment)));
    }

    private DebtRecordedV1 advance(RegionCode region, String debt) {
        return debts.debt(region, debt)
                .filter(found -> found.corrects() == null)
                .orElseThrow(Problem::notFound);
    }

    /** R7.4: in the same quarter, or when its table is closed; in between it is being cleared. */
    private void requireCorrectable(DebtRecordedV1 advance, Instant moment) {
        var quarter = Quarter.of(advance.bookedAt());
        if (!quarter.equals(Quarter.of(moment))
                && bills.bill(advance.creditor(), quarter).isEmpty()) {
            throw Problem.conflict("QUARTER_BEING_CLEARED", "该笔债务所属季度正在清算，待清算平衡表生成后方可冲正。");
        }
    }

    private static void requireOther(CorrectionStep step, Caller reviewer) {
        if (step.preparedBy().equals(reviewer.subject())) {
            throw Problem.conflict("SAME_PERSON", "经办与复核不能为同一人。");
        }
    }
}
