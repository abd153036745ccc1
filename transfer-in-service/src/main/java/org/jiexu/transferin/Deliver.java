package org.jiexu.transferin;

import java.time.Instant;
import java.util.List;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Fact;
import org.jiexu.transferin.domain.Fact.Work;
import org.jiexu.transferin.domain.Step;
import org.jiexu.transferin.domain.TakenStep;
import org.jiexu.transferin.kafka.Wire;
import org.jiexu.transferin.postgres.ProgressStore;
import org.jiexu.transferin.postgres.SheetStore;
import org.jiexu.wire.contract.ContactLetterIssuedV1;
import org.jiexu.wire.sheet.SheetRow;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * 送达 — a message goes out over the platform; to an old region outside it, it is a paper that people here post (R3.7). A
 * window application brings its contact letter (R2.5).
 */
@Component
class Deliver {
    private final Outbox outbox;
    private final ServiceIdentity identity;
    private final SheetStore sheets;
    private final ProgressStore progress;
    private final IssueLetter issueLetter;

    Deliver(
            Outbox outbox,
            ServiceIdentity identity,
            SheetStore sheets,
            ProgressStore progress,
            IssueLetter issueLetter) {
        this.outbox = outbox;
        this.identity = identity;
        this.sheets = sheets;
        this.progress = progress;
        this.issueLetter = issueLetter;
    }

    /** In the transaction of the move that says it. */
    void deliver(CaseFile file, Fact.Message message, Instant at, @Nullable String cause) {
        var paper = posted(message);
        if (paper != null && file.application().onPaper()) {
            post(file, paper, at);
        } else {
            var self = identity.source(file.receiving());
            outbox.append(Wire.event(self, file, message, rows(file, message)).causedBy(cause));
        }
        if (message instanceof Fact.TransferAccepted(var acceptedAt) && needsLetter(file)) {
            writeLetter(file, acceptedAt, cause);
        }
    }

    /** R2.5: windows only. House rule: nobody writes a letter to himself, from one scheme to the other. */
    private static boolean needsLetter(CaseFile file) {
        return file.application().channel().isWindow() && !file.sending().equals(file.receiving());
    }

    private void writeLetter(CaseFile file, Instant at, @Nullable String cause) {
        var letter = issueLetter.issue(file, at);
        progress.happened(file.number(), new TakenStep(Step.LETTER_ISSUED, letter.letterNumber(), file.holder(), at));
        if (!file.application().onPaper()) {
            outbox.append(Event.transfer(
                            identity.source(file.receiving()),
                            file.sending(),
                            file.number(),
                            new ContactLetterIssuedV1(
                                    letter.letterNumber(), letter.text(), letter.keyId(), letter.seal(), at))
                    .causedBy(cause));
        }
    }

    /** Where the letter itself has not been posted yet, nothing is left to be withdrawn there. */
    private void post(CaseFile file, Work paper, Instant at) {
        boolean letterStaysHere =
                paper == Work.POST_WITHDRAWAL && progress.done(file.number(), Work.POST_CONTACT_LETTER, at);
        if (!letterStaysHere) {
            progress.open(file.receiving(), file.number(), paper, at);
        }
    }

    /** The paper that a message to the old region becomes; none for what stays here. */
    private static @Nullable Work posted(Fact.Message message) {
        return switch (message) {
            case Fact.TransferAccepted _ -> Work.POST_CONTACT_LETTER;
            case Fact.WithdrawalRequested _ -> Work.POST_WITHDRAWAL;
            case Fact.SheetReturned _ -> Work.POST_RETURN;
            case Fact.TransferCompleted _ -> Work.POST_COMPLETION;
            case Fact.CreditOrdered _, Fact.HistoryBooked _, Fact.NotDue _ -> null;
        };
    }

    /** R5.4: rows travel on exactly as received, each with its original agency. */
    private List<SheetRow> rows(CaseFile file, Fact.Message message) {
        return message instanceof Fact.HistoryBooked(int version)
                ? sheets.find(file.number(), version)
                        .orElseThrow()
                        .sealed()
                        .read()
                        .rows()
                : List.of();
    }
}
