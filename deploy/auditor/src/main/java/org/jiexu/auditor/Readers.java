package org.jiexu.auditor;

import java.util.Map;
import java.util.Set;

/** Who acts on which type, by the architecture's table: a reader may pass over, without a trace, what only others hear. */
final class Readers {
    private static final Set<String> IN = Set.of("transfer_in");
    private static final Set<String> OUT = Set.of("transfer_out");
    private static final Set<String> MONEY = Set.of("settlement");
    private static final Set<String> REGISTRY = Set.of("registry");

    private static final Map<String, Set<String>> OF_TYPE = Map.ofEntries(
            Map.entry("transfer.accepted.v1", OUT),
            Map.entry("transfer.withdrawal-requested.v1", OUT),
            Map.entry("transfer.withdrawn.v1", IN),
            Map.entry("transfer.declined.v1", IN),
            Map.entry("info-sheet.issued.v1", IN),
            Map.entry("info-sheet.returned.v1", OUT),
            Map.entry("contact-letter.issued.v1", OUT),
            Map.entry("transfer.reminded.v1", OUT),
            Map.entry("transfer.reminder-answered.v1", IN),
            Map.entry("transfer.paused.v1", IN),
            Map.entry("transfer.resumed.v1", IN),
            Map.entry("transfer.supplemented.v1", OUT),
            Map.entry("transfer.completed.v1", OUT),
            Map.entry("balance.hold-requested.v1", MONEY),
            Map.entry("balance.held.v1", OUT),
            Map.entry("balance.hold-refused.v1", OUT),
            Map.entry("balance.release-ordered.v1", MONEY),
            Map.entry("balance.remit-ordered.v1", MONEY),
            Map.entry("balance.remitted.v1", Set.of("transfer_in", "settlement")),
            Map.entry("balance.credit-ordered.v1", MONEY),
            Map.entry("balance.not-due.v1", MONEY),
            Map.entry("balance.credited.v1", Set.of("transfer_in", "settlement")),
            Map.entry("balance.suspended.v1", IN),
            Map.entry("balance.taken-back.v1", IN),
            Map.entry("balance.pay-out-ordered.v1", MONEY),
            Map.entry("balance.paid-out.v1", OUT),
            Map.entry("balance.returned.v1", Set.of("transfer_out", "settlement")),
            Map.entry("relationship.terminated.v1", REGISTRY),
            Map.entry("history.booked.v1", REGISTRY),
            Map.entry("participation.opened.v1", IN),
            Map.entry("participation.suspended.v1", IN),
            Map.entry("participation.resumed.v1", OUT),
            Map.entry("person.merged.v1", MONEY),
            Map.entry("left-over.found.v1", IN),
            Map.entry("account.left.v1", REGISTRY),
            Map.entry("pay-out.progressed.v1", REGISTRY));

    private Readers() {}

    /** Whether that database's service has to have taken it in; everything that the table does not know: everybody. */
    static boolean hears(String database, Said said) {
        var readers = OF_TYPE.get(said.type());
        return readers == null || readers.stream().anyMatch(database::startsWith);
    }
}
