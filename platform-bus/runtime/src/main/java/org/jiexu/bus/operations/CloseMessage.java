package org.jiexu.bus.operations;

import java.util.Optional;
import org.jiexu.bus.operations.ClosingStore.Closing;
import org.jiexu.bus.operations.ClosingStore.Kind;
import org.jiexu.bus.operations.ClosingStore.Meant;
import org.jiexu.bus.operations.ClosingStore.State;
import org.jiexu.bus.web.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** 办结异常报文 — closes a message that can never be done, with a reason, by two people. Nothing of it is deleted. */
final class CloseMessage {
    private final ClosingStore closings;
    private final QuarantineStore kept;
    private final TransactionTemplate transaction;

    CloseMessage(ClosingStore closings, QuarantineStore kept, TransactionTemplate transaction) {
        this.closings = closings;
        this.kept = kept;
        this.transaction = transaction;
    }

    Closing prepare(Kind kind, String region, long message, String reason, String by) {
        return result(kind, region, message, () -> {
            var meant = lock(kind, region, message).orElseThrow(Problem::notFound);
            if (!closings.insert(kind, message, region, meant, reason, by)) {
                throw Problem.conflict("ALREADY_PREPARED", "该报文的处置已经提出，请另一人复核。");
            }
        });
    }

    /** Approved by another than who prepared it; the reason repeated is what the other has seen. */
    Closing approve(Kind kind, String region, long message, String by) {
        return result(kind, region, message, () -> {
            // The message before its closing, like everybody who locks both.
            var meant = lock(kind, region, message);
            var closing = closings.lockPrepared(kind, region, message).orElseThrow(Problem::notFound);
            if (closing.preparedBy().equals(by)) {
                throw new Problem(HttpStatus.FORBIDDEN, "SAME_PERSON", "经办与复核不能为同一人。");
            }
            if (meant.isEmpty()) {
                throw Problem.conflict("NOT_WAITING", "该报文已经处理，无须再处置。");
            }
            closings.decide(closing.id(), State.DONE, by);
            closings.closeMessage(kind, message, by);
        });
    }

    /** Refused by another, or taken back by who prepared it. */
    Closing refuse(Kind kind, String region, long message, String by) {
        return result(kind, region, message, () -> {
            var closing = closings.lockPrepared(kind, region, message).orElseThrow(Problem::notFound);
            closings.decide(closing.id(), State.REFUSED, by);
        });
    }

    private Closing result(Kind kind, String region, long message, Runnable work) {
        return Optional.ofNullable(transaction.execute(_ -> {
                    work.run();
                    return closings.last(kind, region, message).orElseThrow();
                }))
                .orElseThrow();
    }

    private Optional<Meant> lock(Kind kind, String region, long message) {
        return switch (kind) {
            case PARKED -> closings.lockParked(region, message);
            case QUARANTINED ->
                kept.find(region, message)
                        .filter(_ -> closings.lockKept(message))
                        .map(found -> new Meant(found.topic(), found.header("ce_type"), found.header("ce_subject")));
        };
    }
}
