package org.jiexu.simulation;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.journal.Event;
import org.jiexu.settlement.domain.clearing.BalanceTable;
import org.jiexu.settlement.domain.clearing.ClearingPostings;
import org.jiexu.settlement.domain.clearing.Debts;
import org.jiexu.wire.contract.ClearingGeneratedV1;
import org.jiexu.wire.contract.ClearingPairV1;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.contract.PaymentDownV1;
import org.jiexu.wire.contract.PaymentUpV1;
import org.jiexu.wire.contract.QuarterStatedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.signing.Sm3;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;

/** 清算中心 — 湖南's: HearAsCentre, GenerateTable and PayDown in short; the real table and postings. */
final class Centre extends Service {
    static final RegionCode PROVINCE = new RegionCode("430000");
    private static final LocalDate SOME_DAY = LocalDate.of(2027, 12, 31);

    final Books books;
    private final SortedMap<RegionCode, String> members = new TreeMap<>();
    private final Rows<String, DebtRecordedV1> debts;
    private final Rows<String, QuarterStatedV1> statements;
    private final Rows<Quarter, BalanceTable> tables;
    private final Rows<String, Boolean> paid;

    Centre(World world, List<RegionCode> regions) {
        super(world, Source.of(PROVINCE, ServiceName.SETTLEMENT));
        regions.stream()
                .filter(region -> region.province().equals(PROVINCE.value()))
                .forEach(region -> members.put(region, region.value()));
        books = new Books(world, _ -> {});
        debts = new Rows<>(world.undo);
        statements = new Rows<>(world.undo);
        tables = new Rows<>(world.undo);
        paid = new Rows<>(world.undo);
    }

    @Override
    List<String> topics() {
        return List.of(Topics.clearing(PROVINCE));
    }

    boolean isMember(RegionCode region) {
        return members.containsKey(region);
    }

    Collection<BalanceTable> tables() {
        return tables.values();
    }

    /** The table that these debts make. */
    BalanceTable table(Quarter quarter, List<DebtRecordedV1> all) {
        var pairs = new TreeMap<String, ClearingPairV1>();
        for (var debt : all) {
            pairs.merge(
                    debt.debtor() + ">" + debt.creditor(),
                    new ClearingPairV1(debt.debtor(), debt.creditor(), 1, debt.amount()),
                    (sum, one) -> new ClearingPairV1(
                            sum.debtor(),
                            sum.creditor(),
                            sum.debts() + 1,
                            sum.amount().plus(one.amount())));
        }
        return BalanceTable.of(PROVINCE, quarter, members, List.copyOf(pairs.values()));
    }

    /** Whether something that was advanced or taken back is in no table yet. */
    boolean hasUncleared() {
        return debts.values().stream().anyMatch(debt -> tables.get(Quarter.of(debt.bookedAt())) == null);
    }

    /** The next table, when its quarter is over and every region's word agrees with what is held. */
    boolean generate() {
        var quarter = World.FIRST_QUARTER;
        while (tables.get(quarter) != null) {
            quarter = quarter.next();
        }
        if (!quarter.isOverAt(world.now) || !isComplete(quarter)) {
            return false;
        }
        var table = table(quarter, of(quarter));
        tables.put(quarter, table);
        if (table.total().debts() > 0) {
            world.walked(Way.CLEARED);
        }
        var total = table.total();
        say(Event.clearing(
                self,
                PROVINCE,
                Debts.subject(PROVINCE, quarter),
                new ClearingGeneratedV1(
                        quarter.toString(),
                        Sm3.of(table.json()).hex(),
                        total.debts(),
                        total.amount(),
                        world.now,
                        SOME_DAY,
                        table.pairs())));
        return true;
    }

    private boolean isComplete(Quarter quarter) {
        return members.keySet().stream().allMatch(region -> {
            var held = of(quarter).stream()
                    .filter(debt -> debt.creditor().equals(region))
                    .toList();
            return world.machines
                    .counting()
                    .agrees(statements.get(Debts.subject(region, quarter)), held.size(), Quarters.sum(held));
        });
    }

    private List<DebtRecordedV1> of(Quarter quarter) {
        return debts.values().stream()
                .filter(debt -> Quarter.of(debt.bookedAt()).equals(quarter))
                .toList();
    }

    /** Two persons register one payment down, after the last one up. */
    boolean payDown() {
        for (var table : List.copyOf(tables.values())) {
            boolean allUp = table.rows().stream()
                    .filter(row -> row.outDebts() > 0)
                    .allMatch(row -> paid.get(up(row.region(), table.quarter())) != null);
            for (var row : table.rows()) {
                var subject = Debts.subject(row.region(), table.quarter());
                if (allUp && row.inDebts() > 0 && paid.get("DOWN " + subject) == null) {
                    paid.put("DOWN " + subject, true);
                    ClearingPostings.down(PROVINCE, table.quarter(), row.region(), row.inAmount())
                            .ifPresent(books::post);
                    say(Event.clearing(
                            self,
                            PROVINCE,
                            subject,
                            new PaymentDownV1(
                                    row.region(), table.quarter().toString(), row.inAmount(), world.now, "D")));
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    Answer handle(Received received) {
        return switch (received.data()) {
            case DebtRecordedV1 said -> debt(said, received.source());
            case QuarterStatedV1 said -> stated(said);
            case PaymentUpV1 said -> paidUp(said);
            default -> Answer.skipped();
        };
    }

    private Answer debt(DebtRecordedV1 said, Source source) {
        var fault = Debts.fault(said, source, isMember(said.debtor()) && isMember(said.creditor()));
        if (fault.isPresent()) {
            return Answer.quarantined(fault.get());
        }
        var known = debts.get(said.debt());
        if (known != null) {
            return known.equals(said) ? Answer.alreadyDone() : Answer.quarantined("said with another content");
        }
        if (tables.get(Quarter.of(said.bookedAt())) != null) {
            return Answer.quarantined("the table of that quarter is closed");
        }
        if (said.corrects() != null) {
            var corrected = debts.get(said.corrects());
            if (corrected == null) {
                return Answer.rejected("the debt that it corrects is not known yet");
            }
            if (!said.equals(Debts.correction(corrected, said.bookedAt()))) {
                return Answer.quarantined("a correction takes back exactly what was owed");
            }
        }
        debts.put(said.debt(), said);
        if (said.corrects() == null) {
            offerAgain(Debts.correctionOf(said.debt()));
        }
        return Answer.moved();
    }

    private Answer stated(QuarterStatedV1 said) {
        var subject = said.region() + "/" + said.quarter();
        var known = statements.get(subject);
        if (known != null) {
            return known.equals(said) ? Answer.alreadyDone() : Answer.quarantined("stated with another content");
        }
        statements.put(subject, said);
        return Answer.moved();
    }

    private Answer paidUp(PaymentUpV1 said) {
        var quarter = Quarter.parse(said.quarter());
        var table = tables.get(quarter);
        if (table == null) {
            return Answer.rejected("there is no table of that quarter yet");
        }
        boolean whole = table.rows().stream()
                .anyMatch(row ->
                        row.region().equals(said.region()) && row.outAmount().equals(said.amount()));
        if (!whole) {
            return Answer.quarantined("not what the table asks of that region");
        }
        if (paid.get(up(said.region(), quarter)) != null) {
            return Answer.alreadyDone();
        }
        paid.put(up(said.region(), quarter), true);
        ClearingPostings.up(PROVINCE, quarter, said.region(), said.amount()).ifPresent(books::post);
        return Answer.moved();
    }

    private static String up(RegionCode region, Quarter quarter) {
        return "UP " + Debts.subject(region, quarter);
    }

    static Fen total(List<ClearingPairV1> pairs) {
        return pairs.stream().map(ClearingPairV1::amount).reduce(Fen.ZERO, Fen::plus);
    }

    @Override
    String stateOf(CaseNumber number) {
        return "";
    }
}
