package org.jiexu.settlement.domain;

import java.util.Optional;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jspecify.annotations.Nullable;

/**
 * 账户 — one account as it stands now. A hold is a reservation on it, not a posting: {@code held} is the part of the
 * balance that only the remittance it was made for may take.
 */
public record Account(
        AccountKey key, Fen balance, Fen held, @Nullable Stop stop) {

    /** Why a posting may not change an account, in the order in which the reasons are looked for. */
    public enum Refusal {
        /** 止付 — a debit on a stopped account. */
        STOPPED,
        /** 余额不足 — a debit of more than there is. */
        INSUFFICIENT,
        /** 已被冻结 — the money is there, and reserved for something else. */
        RESERVED
    }

    /** 信息表可载最大金额 — what {@link Fen} and the capitals of a sheet can state, and so all that a hold may ever find. */
    public static final Fen MOST_ON_A_SHEET = Fen.parse("999999999999.99");

    public Account {
        if (held.compareTo(Fen.ZERO) < 0) {
            throw new IllegalArgumentException("a hold is never negative");
        }
    }

    public static Account opened(AccountKey key) {
        return new Account(key, Fen.ZERO, Fen.ZERO, null);
    }

    /** Whether a sheet could state all of it. */
    public boolean canBeStated() {
        return balance.compareTo(MOST_ON_A_SHEET) <= 0;
    }

    public Fen free() {
        return balance.minus(held);
    }

    /** 43号 Art. 8 moves the whole balance; this is what a hold can take now. */
    public Standing standing() {
        if (stop != null) {
            return new Standing.NotPossible(stop.reason());
        }
        if (free().isPositive()) {
            return new Standing.Free(free());
        }
        // House rule: all of it is reserved for another case; saying 0.00 would lose it.
        return held.isPositive()
                ? new Standing.NotPossible(new Stop(Stop.Kind.POSTING_PENDING, "").reason())
                : new Standing.Nothing();
    }

    /**
     * Whether this change is allowed. Credits always are. House rule: what a hold reserved may leave even if the account
     * was stopped later, because the sheet that states the amount is already on its way.
     */
    public Optional<Refusal> refuses(Fen change, Fen fromHold) {
        if (change.compareTo(Fen.ZERO) >= 0 || key.kind().mayBeNegative()) {
            return Optional.empty();
        }
        var wanted = change.negated().minus(fromHold);
        if (stop != null && wanted.isPositive()) {
            return Optional.of(Refusal.STOPPED);
        }
        if (fromHold.compareTo(held) > 0 || change.negated().compareTo(balance) > 0) {
            return Optional.of(Refusal.INSUFFICIENT);
        }
        return wanted.compareTo(free()) > 0 ? Optional.of(Refusal.RESERVED) : Optional.empty();
    }

    public Account changed(Fen change, Fen fromHold) {
        return new Account(key, balance.plus(change), held.minus(fromHold), stop);
    }

    /** Puts a hold on part of the free balance. */
    public Account reserve(Fen amount) {
        if (amount.compareTo(free()) > 0) {
            throw new IllegalStateException("a hold beyond the free balance of an account");
        }
        return new Account(key, balance, held.plus(amount), stop);
    }

    public Account release(Fen amount) {
        return new Account(key, balance, held.minus(amount), stop);
    }

    /** 可冻结情况 — what a hold finds. */
    public sealed interface Standing {
        record Free(Fen amount) implements Standing {}

        /** No account, or nothing on it. */
        record Nothing() implements Standing {}

        record NotPossible(CodedReason reason) implements Standing {}
    }
}
