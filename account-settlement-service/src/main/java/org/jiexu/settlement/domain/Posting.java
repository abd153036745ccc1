package org.jiexu.settlement.domain;

import java.util.List;
import java.util.UUID;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;

/**
 * 记账凭证 — balanced lines in one region's ledger under a unique business key. Never changed and never deleted: a
 * correction is a {@link #reversal 冲正} that names the old one.
 *
 * @param fromHold how much of a personal debit a hold had reserved for exactly this posting
 */
public record Posting(
        String key,
        RegionCode ledger,
        List<Line> lines,
        Fen fromHold,
        @Nullable RemittanceNumber remittance,
        @Nullable String reverses) {

    /** 分录 — one line; a positive amount adds to the account. */
    public record Line(AccountKey account, Fen amount) {}

    public Posting {
        lines = List.copyOf(lines);
        var sum = Fen.ZERO;
        for (var line : lines) {
            if (!line.account().ledger().equals(ledger)) {
                throw new IllegalArgumentException("a posting stays in one ledger");
            }
            sum = sum.plus(line.amount());
        }
        if (lines.stream().map(Line::account).distinct().count() != lines.size()) {
            throw new IllegalArgumentException("a posting names each account once");
        }
        if (lines.size() < 2 || !sum.isZero()) {
            throw new IllegalArgumentException("a posting is at least two lines that sum to 0.00");
        }
    }

    /** 划转 — leaves the personal account in the old region's ledger, on its route to the receiving region. */
    public static Posting remit(
            Route route, RemittanceNumber rn, RegionCode from, RegionCode to, PersonId person, Fen amount) {
        return move(
                "remit:" + rn, rn, new AccountKey.Personal(from, person), route.leg(from, from, to), amount, amount);
    }

    /** 到账 — arrives in the receiving region's ledger and waits in suspense. */
    public static Posting arrive(Route route, RemittanceNumber rn, RegionCode from, RegionCode to, Fen amount) {
        var key = "arrive:" + arrival(rn, from);
        return move(key, rn, route.leg(to, from, to), new AccountKey.Suspense(to), amount, Fen.ZERO);
    }

    /** 入账 — from suspense to the person (43号 Art. 9). */
    public static Posting credit(RemittanceNumber rn, RegionCode from, RegionCode to, PersonId person, Fen amount) {
        var personal = new AccountKey.Personal(to, person);
        return move("credit:" + arrival(rn, from), rn, new AccountKey.Suspense(to), personal, amount, Fen.ZERO);
    }

    /** 手工匹配 — what came under one case is credited to the person of another; both are named (R3.2). */
    public static Posting match(RemittanceNumber rn, RegionCode from, CaseNumber to, PersonId person, Fen amount) {
        var region = to.receivingRegion();
        var lines = List.of(
                new Line(new AccountKey.Suspense(region), amount.negated()),
                new Line(new AccountKey.Personal(region, person), amount));
        return new Posting("match:" + arrival(rn, from) + ">" + to, region, lines, Fen.ZERO, rn, null);
    }

    /** 退汇 — from suspense back the way it came. */
    public static Posting sendBack(Route route, RemittanceNumber rn, RegionCode from, RegionCode to, Fen amount) {
        var key = "sendback:" + arrival(rn, from);
        return move(key, rn, new AccountKey.Suspense(to), route.leg(to, from, to), amount, Fen.ZERO);
    }

    /** 退回入账 — back on the personal account of the old region. */
    public static Posting home(
            Route route, RemittanceNumber rn, RegionCode from, RegionCode to, PersonId person, Fen amount) {
        var personal = new AccountKey.Personal(from, person);
        return move("home:" + rn, rn, route.leg(from, from, to), personal, amount, Fen.ZERO);
    }

    /** 提取 — what was kept for the person leaves the region's books once the case is completed (R2.10, R11.4). */
    public static Posting payOut(CaseNumber number, RegionCode region, PersonId person, Fen amount) {
        var lines = List.of(
                new Line(new AccountKey.Personal(region, person), amount.negated()),
                new Line(new AccountKey.PaidOut(region), amount));
        return new Posting("payout:" + number, region, lines, amount, null, null);
    }

    /** 余额提取 — what stayed after the relationship had ended leaves the region's books; nothing was held for it (R2.10). */
    public static Posting payOutLeft(UUID payOut, RegionCode region, PersonId person, Fen amount) {
        var lines = List.of(
                new Line(new AccountKey.Personal(region, person), amount.negated()),
                new Line(new AccountKey.PaidOut(region), amount));
        return new Posting("payout:" + payOut, region, lines, Fen.ZERO, null, null);
    }

    /** 记入 — an opening balance or a contribution. */
    public static Posting contribute(String batch, int line, RegionCode region, PersonId person, Fen amount) {
        return new Posting(
                "import:" + batch + ":" + line,
                region,
                List.of(
                        new Line(new AccountKey.Fund(region), amount.negated()),
                        new Line(new AccountKey.Personal(region, person), amount)),
                Fen.ZERO,
                null,
                null);
    }

    /** 账户归并 — two records were one person's: what stands on the merged one's account goes to the kept one's (R6.2). */
    public static Posting join(int n, RegionCode region, PersonId merged, PersonId kept, Fen amount) {
        return new Posting(
                "join:" + merged.value() + ":" + n,
                region,
                List.of(
                        new Line(new AccountKey.Personal(region, merged), amount.negated()),
                        new Line(new AccountKey.Personal(region, kept), amount)),
                Fen.ZERO,
                null,
                null);
    }

    /** 冲正 — undoes this posting by a new one that names it. */
    public Posting reversal() {
        var opposite = lines.stream()
                .map(line -> new Line(line.account(), line.amount().negated()))
                .toList();
        return new Posting("reverse:" + key, ledger, opposite, Fen.ZERO, remittance, key);
    }

    /** Same content as an earlier posting of the same key; how it was paid for is no part of it. */
    public boolean saysTheSameAs(Posting other) {
        return key.equals(other.key)
                && ledger.equals(other.ledger)
                && lines.stream()
                        .sorted((a, b) -> a.account().compareTo(b.account()))
                        .toList()
                        .equals(other.lines.stream()
                                .sorted((a, b) -> a.account().compareTo(b.account()))
                                .toList());
    }

    private static Posting move(
            String key, RemittanceNumber rn, AccountKey from, AccountKey to, Fen amount, Fen fromHold) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("only a positive amount moves");
        }
        var lines = List.of(new Line(from, amount.negated()), new Line(to, amount));
        return new Posting(key, from.ledger(), lines, fromHold, rn, null);
    }

    /** An arrival is known by its sender and its number: two senders may name the same number (protocol.md §5). */
    private static String arrival(RemittanceNumber rn, RegionCode from) {
        return rn + "<" + from;
    }
}
