package org.jiexu.simulation;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.journal.Event;
import org.jiexu.settlement.domain.clearing.Debts;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.Source;

/**
 * What a region says that is not so, under its own good signature: that it has sent money for a case in which it has no
 * part, and that it gives back an advance that was none.
 */
final class Liar {
    private static final int MORE_THAN_ANYBODY_HAS = 10_000_000;

    private final World world;
    private final SplittableRandom random;
    private final Set<EventData> said = new HashSet<>();

    Liar(World world) {
        this.world = world;
        random = world.random;
    }

    /** A third region claims to have sent money, before or after the one that has; each number once. */
    void claimMoney(Matter matter) {
        for (var treasury : world.treasuries) {
            if (treasury.region.equals(matter.from()) || treasury.region.equals(matter.to())) {
                continue;
            }
            var rn = new RemittanceNumber(matter.number(), 1 + random.nextInt(2));
            boolean advance = treasury.region.province().equals(matter.to().province()) && random.nextBoolean();
            // Mostly the amount that the sheet states: the worst lie.
            var right = matter.old().money().amountOf(matter.number());
            var amount = right.isPositive() && random.nextInt(3) > 0 ? right : Fen.of(1 + random.nextInt(20_000));
            boolean isNew = said.stream()
                    .noneMatch(earlier -> earlier instanceof BalanceRemittedV1 e
                            && e.remittance().equals(rn)
                            && e.from().equals(treasury.region));
            if (isNew) {
                var lie = new BalanceRemittedV1(rn, amount, treasury.region, advance ? true : null);
                said.add(lie);
                world.walked(Way.LIED_ABOUT_MONEY);
                world.story.tell(() -> treasury.self + " lies: " + lie);
                treasury.say(Event.balance(treasury.self, matter.to(), matter.number(), lie));
            }
            return;
        }
    }

    /** The receiving region takes an advance back that it does not have, or another amount than it was. */
    void takeBack(Matter matter) {
        var creditor = matter.receiving().money();
        if (!world.centre.isMember(matter.from()) || !world.centre.isMember(matter.to())) {
            return;
        }
        var rn = new RemittanceNumber(matter.number(), 1);
        var debt = rn.toString();
        var lie = new DebtRecordedV1(
                Debts.correctionOf(debt),
                rn,
                matter.from(),
                matter.to(),
                Fen.of(-MORE_THAN_ANYBODY_HAS - random.nextInt(1_000)),
                world.now,
                debt);
        said.add(lie);
        world.walked(Way.LIED_ABOUT_A_DEBT);
        world.story.tell(() -> creditor.self + " lies: " + lie);
        creditor.quarters.say(lie.debt(), lie);
    }

    boolean said(Received received) {
        return said.contains(received.data());
    }

    /** A lie, or an answer to one, which the liar cannot place. */
    boolean isOfALie(Source reader, Received received) {
        if (said(received)) {
            return true;
        }
        var subject = received.envelope().subject();
        if (!CaseNumber.isValid(subject)) {
            return false;
        }
        var matter = world.matter(new CaseNumber(subject));
        return !matter.from().equals(reader.region()) && !matter.to().equals(reader.region());
    }
}
