package org.jiexu.settlement.domain.clearing;

import java.time.Instant;
import java.util.Optional;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;

/** 清算债务 — what makes a debt one that a centre can take, and the entry that takes one back (R7.4). */
public final class Debts {
    private static final String CORRECTION = "-C";

    private Debts() {}

    /** Why nobody may say this; {@code together} tells whether both regions clear in the topic's province. */
    public static Optional<String> fault(DebtRecordedV1 debt, Source source, boolean together) {
        if (!source.equals(Source.of(debt.creditor(), ServiceName.SETTLEMENT))) {
            return Optional.of("only the creditor's settlement states what it has advanced");
        }
        if (!together || debt.debtor().equals(debt.creditor())) {
            return Optional.of("a debt is between two regions of the province");
        }
        if (!debt.remittance().caseNumber().receivingRegion().equals(debt.creditor())) {
            return Optional.of("the remittance belongs to another region");
        }
        var advance = debt.remittance().toString();
        if (debt.corrects() == null) {
            return debt.amount().isPositive() && debt.debt().equals(advance)
                    ? Optional.empty()
                    : Optional.of("an advance is positive and carries its remittance's number");
        }
        return debt.amount().compareTo(Fen.ZERO) < 0
                        && debt.corrects().equals(advance)
                        && debt.debt().equals(correctionOf(advance))
                ? Optional.empty()
                : Optional.of("a correction is negative and names the debt that it takes back");
    }

    /**
     * Why the debtor does not believe a correction, by the posting under which the remittance left its own ledger (R7.6):
     * it must have been an advance, to that very region, of that very amount. Empty: it was.
     */
    public static Optional<String> doubt(DebtRecordedV1 correction, Posting remitted) {
        var owed = new AccountKey.Clearing(correction.debtor(), correction.debtor(), correction.creditor());
        var advanced = remitted.lines().stream()
                .filter(line -> line.account().equals(owed))
                .findFirst();
        if (advanced.isEmpty()) {
            return Optional.of("what left here under that number is no advance of that region");
        }
        return advanced.get().amount().equals(correction.amount().negated())
                ? Optional.empty()
                : Optional.of("another amount was advanced for us under that number");
    }

    /** The person from whose account it left. */
    public static PersonId takenFrom(Posting remitted) {
        return remitted.lines().stream()
                .map(Posting.Line::account)
                .filter(AccountKey.Personal.class::isInstance)
                .map(account -> ((AccountKey.Personal) account).person())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("money left without a person: " + remitted.key()));
    }

    /** The business key under which both sides book a correction: by it everybody finds out whether there was one. */
    public static String correctionPosting(RemittanceNumber rn) {
        return "correct:" + rn;
    }

    /** 冲正 — the whole amount back, in the quarter in which it is booked. */
    public static DebtRecordedV1 correction(DebtRecordedV1 debt, Instant bookedAt) {
        if (debt.corrects() != null) {
            throw new IllegalArgumentException("a correction is not corrected");
        }
        var number = correctionOf(debt.debt());
        return new DebtRecordedV1(
                number,
                debt.remittance(),
                debt.debtor(),
                debt.creditor(),
                debt.amount().negated(),
                bookedAt,
                debt.debt());
    }

    /** The number of the one correction that a debt can have. */
    public static String correctionOf(String debt) {
        return debt + CORRECTION;
    }

    /** The subject under which a region and its centre speak of one quarter. */
    public static String subject(RegionCode region, Quarter quarter) {
        return region + "/" + quarter;
    }
}
