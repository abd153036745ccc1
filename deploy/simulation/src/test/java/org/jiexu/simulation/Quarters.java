package org.jiexu.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.journal.Event;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.clearing.ClearingPostings;
import org.jiexu.settlement.domain.clearing.Debts;
import org.jiexu.wire.contract.ClearingGeneratedV1;
import org.jiexu.wire.contract.ClearingPairV1;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.PaymentDownV1;
import org.jiexu.wire.contract.PaymentUpV1;
import org.jiexu.wire.contract.QuarterStatedV1;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;

/** 季度 — a region's half of clearing: BookDebt, StateQuarter, CorrectDebt, PayUp and HearAsRegion in short. */
final class Quarters {
    private final World world;
    private final Treasury treasury;
    private final RegionCode region;
    private final RegionCode province;
    private final Rows<String, DebtRecordedV1> own;
    private final Rows<Quarter, QuarterStatedV1> stated;
    private final Rows<Quarter, ClearingGeneratedV1> tables;
    private final Rows<Quarter, Boolean> paidUp;
    private final Rows<Quarter, Boolean> paidDown;

    Quarters(World world, Treasury treasury) {
        this.world = world;
        this.treasury = treasury;
        region = treasury.region;
        province = new RegionCode(region.province());
        own = new Rows<>(world.undo);
        stated = new Rows<>(world.undo);
        tables = new Rows<>(world.undo);
        paidUp = new Rows<>(world.undo);
        paidDown = new Rows<>(world.undo);
    }

    /** What this region has advanced and taken back in that quarter. */
    List<DebtRecordedV1> debts(Quarter quarter) {
        return own.values().stream()
                .filter(debt -> Quarter.of(debt.bookedAt()).equals(quarter))
                .toList();
    }

    /** In the transaction of the credit, or of the correction. */
    void book(DebtRecordedV1 debt) {
        Broken.unless(
                stated.get(Quarter.of(debt.bookedAt())) == null,
                () -> debt + " is booked into a quarter that " + region + " has stated");
        own.put(debt.debt(), debt);
        say(debt.debt(), debt);
    }

    /** The oldest quarter that is over and not stated; false when there is none. */
    boolean state() {
        var quarter = World.FIRST_QUARTER;
        while (stated.get(quarter) != null) {
            quarter = quarter.next();
        }
        if (!quarter.isOverAt(world.now)) {
            return false;
        }
        var debts = debts(quarter);
        var said = new QuarterStatedV1(region, quarter.toString(), debts.size(), sum(debts), world.now);
        stated.put(quarter, said);
        say(region.value(), said);
        return true;
    }

    /** Two persons register the payment of the oldest table that asks for one. */
    boolean payUp() {
        for (var table : List.copyOf(tables.values())) {
            var quarter = Quarter.parse(table.quarter());
            var owed = of(table).stream()
                    .filter(pair -> pair.debtor().equals(region))
                    .toList();
            if (!owed.isEmpty() && paidUp.get(quarter) == null) {
                paidUp.put(quarter, true);
                ClearingPostings.paidUp(region, quarter, of(table)).ifPresent(treasury.books::post);
                say(
                        Debts.subject(region, quarter),
                        new PaymentUpV1(region, table.quarter(), Centre.total(owed), world.now, "U"));
                return true;
            }
        }
        return false;
    }

    /** R7.4: some advance is taken back by two persons, where its quarter runs or its table is known here. */
    boolean correct() {
        var correctable = new ArrayList<DebtRecordedV1>();
        for (var debt : own.values()) {
            if (debt.corrects() == null && own.get(Debts.correctionOf(debt.debt())) == null && mayBeTakenBack(debt)) {
                correctable.add(debt);
            }
        }
        if (correctable.isEmpty()) {
            return false;
        }
        var debt = correctable.get(world.random.nextInt(correctable.size()));
        var correction = world.machines.correcting().of(debt, world.now);
        world.walked(Way.ADVANCE_CORRECTED);
        world.watch.corrected(debt.remittance());
        treasury.books.post(ClearingPostings.takenBack(correction, creditedTo(debt)));
        book(correction);
        return true;
    }

    private boolean mayBeTakenBack(DebtRecordedV1 debt) {
        var account = treasury.books.accounts.get(new AccountKey.Personal(region, creditedTo(debt)));
        var quarter = Quarter.of(debt.bookedAt());
        return (quarter.equals(Quarter.of(world.now)) || tables.get(quarter) != null)
                && account != null
                && account.stop() == null
                && account.balance().minus(account.held()).compareTo(debt.amount()) >= 0;
    }

    /** The record that the person has now. */
    private PersonId creditedTo(DebtRecordedV1 debt) {
        var credited = treasury.books.posting("credit:" + debt.remittance() + "<" + debt.debtor());
        return treasury.joins.now(credited.orElseThrow().lines().stream()
                .filter(line -> line.account() instanceof AccountKey.Personal)
                .map(line -> ((AccountKey.Personal) line.account()).person())
                .findFirst()
                .orElseThrow());
    }

    Answer hear(Received received) {
        return switch (received.data()) {
            case DebtRecordedV1 said -> corrected(said, received);
            case ClearingGeneratedV1 said -> generated(said);
            case PaymentDownV1 said -> said.region().equals(region) ? paidDown(said) : Answer.skipped();
            default -> Answer.skipped();
        };
    }

    private Answer corrected(DebtRecordedV1 said, Received received) {
        if (said.corrects() == null || !said.debtor().equals(region)) {
            return Answer.skipped();
        }
        var fault = Debts.fault(said, received.source(), true);
        if (fault.isPresent()) {
            return Answer.quarantined(fault.get());
        }
        var remitted = treasury.books.posting("remit:" + said.remittance());
        if (remitted.isEmpty()) {
            return Answer.rejected("the advance has not left here");
        }
        var doubt = world.machines.believing().doubt(said, remitted.get());
        if (doubt.isPresent()) {
            return Answer.quarantined(doubt.get());
        }
        if (treasury.books.posting("home:" + said.remittance()).isPresent()) {
            return Answer.quarantined("the advance came back and is owed no more");
        }
        treasury.post(ClearingPostings.givenBack(said, treasury.joins.now(Debts.takenFrom(remitted.get()))));
        return Answer.moved();
    }

    private Answer generated(ClearingGeneratedV1 said) {
        var quarter = Quarter.parse(said.quarter());
        var known = tables.get(quarter);
        if (known != null) {
            return known.digest().equals(said.digest())
                    ? Answer.alreadyDone()
                    : Answer.quarantined("another table of that quarter was made before");
        }
        var owed =
                of(said).stream().filter(pair -> pair.creditor().equals(region)).toList();
        var word = stated.get(quarter);
        if (word == null
                || word.debts() != owed.stream().mapToInt(ClearingPairV1::debts).sum()
                || !word.amount().equals(Centre.total(owed))) {
            return Answer.quarantined("the table does not agree with what " + region + " has stated");
        }
        tables.put(quarter, said);
        treasury.offerAgain(Debts.subject(region, quarter));
        return Answer.moved();
    }

    private Answer paidDown(PaymentDownV1 said) {
        var quarter = Quarter.parse(said.quarter());
        var table = tables.get(quarter);
        if (table == null) {
            return Answer.rejected("there is no table of that quarter yet");
        }
        var owed = of(table).stream()
                .filter(pair -> pair.creditor().equals(region))
                .toList();
        if (!Centre.total(owed).equals(said.amount())) {
            return Answer.quarantined("not what the table gives to that region");
        }
        if (paidDown.get(quarter) != null) {
            return Answer.alreadyDone();
        }
        paidDown.put(quarter, true);
        ClearingPostings.paidDown(region, quarter, of(table)).ifPresent(treasury.books::post);
        return Answer.moved();
    }

    private static List<ClearingPairV1> of(ClearingGeneratedV1 table) {
        return table.pairs() == null ? List.of() : table.pairs();
    }

    static Fen sum(List<DebtRecordedV1> debts) {
        return debts.stream().map(DebtRecordedV1::amount).reduce(Fen.ZERO, Fen::plus);
    }

    void say(String subject, EventData data) {
        treasury.say(Event.clearing(treasury.self, province, subject, data));
    }
}
