package org.jiexu.settlement.clearing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.settlement.domain.clearing.BalanceTable;
import org.jiexu.settlement.domain.clearing.Debts;
import org.jiexu.settlement.postgres.CentreStore;
import org.jiexu.settlement.postgres.TableStore;
import org.jiexu.wire.contract.ClearingGeneratedV1;
import org.jiexu.wire.signing.Sm3;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** 生成清算平衡表 — as soon as the day has come and every region's word agrees with the debts held here (R7.1, R7.2). */
@Component
public class GenerateTable {
    private final CentreStore centre;
    private final TableStore tables;
    private final Clearers clearers;
    private final Directory directory;
    private final Policies policies;
    private final Parking parking;
    private final Outbox outbox;
    private final BusinessClock clock;
    private final CrashPoints crashPoints;
    private final TransactionTemplate transaction;

    GenerateTable(
            CentreStore centre,
            TableStore tables,
            Clearers clearers,
            Directory directory,
            Policies policies,
            Parking parking,
            Outbox outbox,
            BusinessClock clock,
            CrashPoints crashPoints,
            TransactionTemplate transaction) {
        this.centre = centre;
        this.tables = tables;
        this.clearers = clearers;
        this.directory = directory;
        this.policies = policies;
        this.parking = parking;
        this.outbox = outbox;
        this.clock = clock;
        this.crashPoints = crashPoints;
        this.transaction = transaction;
    }

    /** Every table that can be made now, the oldest first; how many were made. */
    int allDue(RegionCode province) {
        int made = 0;
        while (Boolean.TRUE.equals(transaction.execute(_ -> makeNext(province)))) {
            crashPoints.hit("clearing.after-generate");
            made++;
        }
        return made;
    }

    private boolean makeNext(RegionCode province) {
        var quarter = next(province);
        var members = clearers.members(province);
        if (members.isEmpty()
                || clock.today().isBefore(generateOn(province, quarter))
                || !centre.haveAllStated(province, quarter, members.keySet())
                || !isComplete(province, quarter, members.keySet())) {
            return false;
        }
        // Looked at again when nothing more can be heard and nobody else makes it.
        centre.deciding(province);
        if (tables.isMade(province, quarter) || !isComplete(province, quarter, members.keySet())) {
            return false;
        }
        var now = clock.instant();
        var table = BalanceTable.of(province, quarter, members, tables.addUp(province, quarter));
        int days = policies.number(Policies.PAY_UP_WORKING_DAYS, province);
        var payUpBy = directory.workingDays(province).term(now, days).dueOn();
        tables.make(table, now, payUpBy);
        tell(table, now, payUpBy);
        table.rows().forEach(row -> parking.offerAgain(Debts.subject(row.region(), quarter)));
        crashPoints.hit("clearing.before-generate-commit");
        return true;
    }

    private boolean isComplete(RegionCode province, Quarter quarter, Collection<RegionCode> members) {
        return centre.missing(province, quarter, members).isEmpty();
    }

    private void tell(BalanceTable table, Instant now, LocalDate payUpBy) {
        var total = table.total();
        outbox.append(Event.clearing(
                Clearers.settlementOf(table.province()),
                table.province(),
                Debts.subject(table.province(), table.quarter()),
                new ClearingGeneratedV1(
                        table.quarter().toString(),
                        Sm3.of(table.json()).hex(),
                        total.debts(),
                        total.amount(),
                        now,
                        payUpBy,
                        table.pairs())));
    }

    /** The first quarter without a table. */
    private Quarter next(RegionCode province) {
        var first = centre.begin(province, Quarter.of(clock.instant()));
        return tables.last(province).map(Quarter::next).orElse(first);
    }

    /** R7.1: the first working day of the next quarter, or a later one by the province's policy. */
    LocalDate generateOn(RegionCode province, Quarter quarter) {
        int days = policies.number(Policies.CLEARING_GENERATE_ON, province);
        var dayBefore = quarter.next().firstDay().minusDays(1);
        return directory.workingDays(province).term(dayBefore, days).dueOn();
    }

    /** 未齐情况 — what a quarter without a table waits for. */
    public record Waiting(Quarter quarter, boolean over, LocalDate generateOn, List<CentreStore.Missing> missing) {}

    /** The quarters without a table, up to the one that runs. */
    public List<Waiting> waiting(RegionCode province) {
        var now = clock.instant();
        var waiting = new ArrayList<Waiting>();
        var members = clearers.members(province).keySet();
        var first = transaction.execute(_ -> next(province));
        for (var quarter = first; quarter != null && !quarter.begin().isAfter(now); quarter = quarter.next()) {
            waiting.add(new Waiting(
                    quarter,
                    quarter.isOverAt(now),
                    generateOn(province, quarter),
                    centre.missing(province, quarter, members)));
        }
        return waiting;
    }
}
