package org.jiexu.settlement.domain.clearing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.wire.contract.ClearingPairV1;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;

/** 清算记账 — the postings of clearing in a region's ledger and in the province's own (R7.3, R7.4, R11). */
public final class ClearingPostings {
    private ClearingPostings() {}

    /** 上解, the region's ledger: what it owes is settled by what it has paid to the centre. Empty: nothing to post. */
    public static Optional<Posting> paidUp(RegionCode region, Quarter quarter, List<ClearingPairV1> pairs) {
        var lines = new ArrayList<Posting.Line>();
        var total = Fen.ZERO;
        for (var pair : pairs) {
            if (pair.debtor().equals(region)) {
                add(
                        lines,
                        new AccountKey.Clearing(region, region, pair.creditor()),
                        pair.amount().negated());
                total = total.plus(pair.amount());
            }
        }
        add(lines, new AccountKey.PaidUp(region, region), total);
        return posting("payup:" + quarter, region, lines);
    }

    /** 下拨, the region's ledger: what it was owed has come from the centre. */
    public static Optional<Posting> paidDown(RegionCode region, Quarter quarter, List<ClearingPairV1> pairs) {
        var lines = new ArrayList<Posting.Line>();
        var total = Fen.ZERO;
        for (var pair : pairs) {
            if (pair.creditor().equals(region)) {
                add(lines, new AccountKey.Clearing(region, pair.debtor(), region), pair.amount());
                total = total.plus(pair.amount());
            }
        }
        add(lines, new AccountKey.PaidDown(region, region), total.negated());
        return posting("paydown:" + quarter, region, lines);
    }

    /** 上解, the centre's ledger: from the region into the pool. */
    public static Optional<Posting> up(RegionCode province, Quarter quarter, RegionCode region, Fen amount) {
        var lines = new ArrayList<Posting.Line>();
        add(lines, new AccountKey.PaidUp(province, region), amount.negated());
        add(lines, new AccountKey.Pool(province), amount);
        return posting("up:" + quarter + ":" + region, province, lines);
    }

    /** 下拨, the centre's ledger: from the pool to the region. */
    public static Optional<Posting> down(RegionCode province, Quarter quarter, RegionCode region, Fen amount) {
        var lines = new ArrayList<Posting.Line>();
        add(lines, new AccountKey.Pool(province), amount.negated());
        add(lines, new AccountKey.PaidDown(province, region), amount);
        return posting("down:" + quarter + ":" + region, province, lines);
    }

    /** 冲正, the creditor's ledger: from the person back to what is owed. */
    public static Posting takenBack(DebtRecordedV1 correction, PersonId person) {
        var creditor = correction.creditor();
        return correcting(
                correction,
                creditor,
                List.of(
                        new Posting.Line(new AccountKey.Personal(creditor, person), correction.amount()),
                        new Posting.Line(
                                new AccountKey.Clearing(creditor, correction.debtor(), creditor),
                                correction.amount().negated())));
    }

    /** 冲正, the debtor's ledger: owed no more, and on the person's old account again. */
    public static Posting givenBack(DebtRecordedV1 correction, PersonId person) {
        var debtor = correction.debtor();
        return correcting(
                correction,
                debtor,
                List.of(
                        new Posting.Line(
                                new AccountKey.Clearing(debtor, debtor, correction.creditor()), correction.amount()),
                        new Posting.Line(
                                new AccountKey.Personal(debtor, person),
                                correction.amount().negated())));
    }

    private static Posting correcting(DebtRecordedV1 correction, RegionCode ledger, List<Posting.Line> lines) {
        var rn = correction.remittance();
        return new Posting(Debts.correctionPosting(rn), ledger, lines, Fen.ZERO, rn, null);
    }

    private static void add(List<Posting.Line> lines, AccountKey account, Fen amount) {
        if (!amount.isZero()) {
            lines.add(new Posting.Line(account, amount));
        }
    }

    private static Optional<Posting> posting(String key, RegionCode ledger, List<Posting.Line> lines) {
        return lines.isEmpty() ? Optional.empty() : Optional.of(new Posting(key, ledger, lines, Fen.ZERO, null, null));
    }
}
