package org.jiexu.transferout;

import java.util.List;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.journal.SigningKeys;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.transferout.domain.DeclineReasons;
import org.jiexu.transferout.domain.Fact.SheetIssued;
import org.jiexu.transferout.domain.Outcome.Moved;
import org.jiexu.transferout.domain.OutgoingCase;
import org.jiexu.transferout.domain.SheetContent;
import org.jiexu.wire.sheet.SealedSheet;
import org.jiexu.wire.sheet.SheetRules;
import org.jiexu.wire.vocabulary.CodedReason;
import org.springframework.stereotype.Component;

/** Writes a case's sheet, checks it and puts the region's seal on it. */
@Component
class SealSheet {
    private final ServiceIdentity identity;
    private final SigningKeys keys;
    private final BusinessClock clock;

    SealSheet(ServiceIdentity identity, SigningKeys keys, BusinessClock clock) {
        this.identity = identity;
        this.keys = keys;
        this.clock = clock;
    }

    /** Either a sheet for exactly what the table would issue, or why it cannot be sealed. */
    sealed interface Result {
        record Sealed(SheetIssued fact, SealedSheet sheet) implements Result {}

        record Faulty(List<CodedReason> faults) implements Result {}
    }

    Result seal(OutgoingCase of, SheetIssued fact, SheetContent content) {
        var sheet = content.sheet(of, fact.version(), fact.amount(), clock.today());
        // R3.1: produce the sheet, check it, seal it. A sheet that would be returned does not leave.
        var faults = SheetRules.faults(sheet);
        if (!faults.isEmpty()) {
            return new Result.Faulty(faults);
        }
        // 43号 Art. 8: the electronic seal of the old region's agency.
        var sealed = SealedSheet.seal(sheet, keys.of(identity.source(of.sending())));
        // House rule: what no reader would take is not said, and no money goes with it.
        return Outbox.carries(Announce.issued(of, fact, sealed))
                ? new Result.Sealed(fact, sealed)
                : new Result.Faulty(List.of(DeclineReasons.SHEET_TOO_LARGE));
    }

    /** The sheet that a wish would issue in the case's present state. */
    static SheetIssued issuedBy(Moved moved) {
        return moved.facts().stream()
                .filter(SheetIssued.class::isInstance)
                .map(SheetIssued.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
