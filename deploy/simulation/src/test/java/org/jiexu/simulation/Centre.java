package org.jiexu.simulation;

import java.util.List;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;

/** 清算中心 — what the provinces' centres are told of debts; the tables of a quarter are not made here. */
final class Centre extends Service {
    private final List<RegionCode> provinces;
    private final Rows<String, DebtRecordedV1> debts;

    Centre(World world, List<RegionCode> regions) {
        super(world, Source.of(new RegionCode("000000"), ServiceName.SETTLEMENT));
        provinces = regions.stream()
                .map(region -> new RegionCode(region.province()))
                .distinct()
                .toList();
        debts = new Rows<>(world.undo);
    }

    @Override
    List<String> topics() {
        return provinces.stream().map(Topics::clearing).toList();
    }

    /** What {@code debtor} owes {@code creditor} in all, in fen. */
    long owes(RegionCode debtor, RegionCode creditor) {
        return debts.values().stream()
                .filter(debt -> debt.debtor().equals(debtor) && debt.creditor().equals(creditor))
                .mapToLong(debt -> debt.amount().value())
                .sum();
    }

    @Override
    Answer handle(Received received) {
        if (received.data() instanceof DebtRecordedV1 debt) {
            debts.put(debt.debt(), debt);
            return Answer.alreadyDone();
        }
        return Answer.skipped();
    }

    @Override
    String stateOf(CaseNumber number) {
        return "";
    }
}
