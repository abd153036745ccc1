package org.jiexu.settlement.clearing;

import java.util.List;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.settlement.JoinAccounts;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.SendingCase;
import org.jiexu.settlement.domain.clearing.ClearingPostings;
import org.jiexu.settlement.domain.clearing.Debts;
import org.jiexu.settlement.postgres.BillStore;
import org.jiexu.settlement.postgres.CaseStore;
import org.jiexu.settlement.postgres.DebtStore;
import org.jiexu.settlement.postgres.LedgerStore;
import org.jiexu.settlement.postgres.LeftBalanceStore;
import org.jiexu.wire.contract.ClearingGeneratedV1;
import org.jiexu.wire.contract.ClearingPairV1;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.contract.LeftReason;
import org.jiexu.wire.contract.PaymentDownV1;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;

/** 统筹区 — what a hosted region does with what its centre and its creditors say. */
@Component
class HearAsRegion {
    private final BillStore bills;
    private final DebtStore debts;
    private final LeftBalanceStore left;
    private final CaseStore cases;
    private final Book book;
    private final LedgerStore ledger;
    private final JoinAccounts joinAccounts;
    private final Clearers clearers;
    private final Deadlines deadlines;
    private final Policies policies;
    private final Parking parking;
    private final BusinessClock clock;

    HearAsRegion(
            BillStore bills,
            DebtStore debts,
            LeftBalanceStore left,
            CaseStore cases,
            Book book,
            LedgerStore ledger,
            JoinAccounts joinAccounts,
            Clearers clearers,
            Deadlines deadlines,
            Policies policies,
            Parking parking,
            BusinessClock clock) {
        this.bills = bills;
        this.debts = debts;
        this.left = left;
        this.cases = cases;
        this.book = book;
        this.ledger = ledger;
        this.joinAccounts = joinAccounts;
        this.clearers = clearers;
        this.deadlines = deadlines;
        this.policies = policies;
        this.parking = parking;
        this.clock = clock;
    }

    /** R7.3: every hosted region of the province takes its part of the table, and its limit to pay up begins. */
    Answer generated(RegionCode province, ClearingGeneratedV1 table) {
        var quarter = HearAsCentre.quarter(table.quarter());
        if (quarter.isEmpty() || table.pairs() == null) {
            return Answer.quarantined("a table without its quarter or its matrix");
        }
        var ours = clearers.regions().stream()
                .filter(region -> clearers.provinceOf(region).equals(province))
                .filter(region -> bills.lock(region, quarter.get())
                        .filter(bill -> bill.digest().equals(table.digest()))
                        .isEmpty())
                .toList();
        for (var region : ours) {
            if (bills.bill(region, quarter.get()).isPresent()) {
                return Answer.quarantined("another table of that quarter was made before");
            }
            if (!agreesWithOurWord(region, quarter.get(), table.pairs())) {
                return Answer.quarantined("the table does not agree with what region " + region + " has stated");
            }
        }
        ours.forEach(region -> take(region, quarter.get(), table, table.pairs()));
        return ours.isEmpty() ? Answer.alreadyDone() : Answer.moved();
    }

    private boolean agreesWithOurWord(RegionCode region, Quarter quarter, List<ClearingPairV1> pairs) {
        var owed = pairs.stream().filter(pair -> pair.creditor().equals(region)).toList();
        var told = new DebtStore.Sum(
                owed.stream().mapToInt(ClearingPairV1::debts).sum(),
                owed.stream().map(ClearingPairV1::amount).reduce(Fen.ZERO, Fen::plus));
        return told.equals(debts.stated(region, quarter).orElse(new DebtStore.Sum(0, Fen.ZERO)));
    }

    private void take(RegionCode region, Quarter quarter, ClearingGeneratedV1 table, List<ClearingPairV1> pairs) {
        var mine = pairs.stream()
                .filter(pair -> pair.debtor().equals(region) || pair.creditor().equals(region))
                .toList();
        bills.keep(region, table, mine);
        var subject = Debts.subject(region, quarter);
        if (mine.stream().anyMatch(pair -> pair.debtor().equals(region))) {
            int days = policies.number(Policies.PAY_UP_WORKING_DAYS, region);
            deadlines.start(subject, DeadlineKind.PAY_UP, region, table.generatedAt(), days);
        }
        parking.offerAgain(subject);
    }

    Answer paidDown(PaymentDownV1 paid) {
        var region = paid.region();
        if (!clearers.hosts(region)) {
            return Answer.skipped();
        }
        var quarter = HearAsCentre.quarter(paid.quarter());
        if (quarter.isEmpty()) {
            return Answer.quarantined("not a quarter");
        }
        var bill = bills.lock(region, quarter.get());
        if (bill.isEmpty()) {
            return Answer.rejected("there is no table of that quarter yet");
        }
        if (!bill.get().inAmount().equals(paid.amount())) {
            return Answer.quarantined("not what the table gives to that region");
        }
        if (bill.get().downAt() != null) {
            return Answer.alreadyDone();
        }
        bills.paidDown(region, quarter.get(), paid.paidAt());
        ClearingPostings.paidDown(region, quarter.get(), bills.pairs(region, quarter.get()))
                .ifPresent(posting -> book.post(posting, clock.instant()));
        return Answer.moved();
    }

    /**
     * R7.4: what was advanced for us wrongly is owed no more, and on the person's account here again: under the record that
     * the person has now. R7.6: that there was such an advance our own ledger says, and nobody else.
     */
    Answer corrected(DebtRecordedV1 correction) {
        if (correction.corrects() == null || !clearers.hosts(correction.debtor())) {
            return Answer.skipped();
        }
        var debtor = correction.debtor();
        var remitted = ledger.posting(debtor, "remit:" + correction.remittance());
        if (remitted.isEmpty()) {
            return Answer.rejected("the advance has not left here");
        }
        var doubt = Debts.doubt(correction, remitted.get());
        if (doubt.isPresent()) {
            return Answer.quarantined(doubt.get());
        }
        // Whatever else is said of this advance waits: it comes back, or is given back, once.
        cases.lock(new SendingCase.Subject(debtor, correction.remittance().caseNumber()));
        if (ledger.posting(debtor, "home:" + correction.remittance()).isPresent()) {
            return Answer.quarantined("the advance came back and is owed no more");
        }
        if (ledger.posting(debtor, Debts.correctionPosting(correction.remittance()))
                .isPresent()) {
            return Answer.alreadyDone();
        }
        var person = joinAccounts.now(debtor, Debts.takenFrom(remitted.get()));
        var posting = ClearingPostings.givenBack(correction, person);
        book.post(posting, clock.instant());
        joinAccounts.follow(posting);
        // R7.6: the person is told, with the ground.
        left.tell(
                new AccountKey.Personal(debtor, person),
                LeftReason.CORRECTED,
                correction.ground(),
                correction.remittance().caseNumber());
        return Answer.moved();
    }
}
