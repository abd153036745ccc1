package org.jiexu.settlement.clearing;

import java.time.Instant;
import org.jiexu.settlement.domain.Hands;
import org.jiexu.settlement.domain.Ledger;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.settlement.postgres.HandStore;
import org.jiexu.settlement.postgres.LedgerStore;
import org.springframework.stereotype.Component;

/** 记账 — makes a posting that the rules of clearing allow; a refusal is a fault of ours, and nothing of the move may stay. */
@Component
class Book {
    private final LedgerStore ledger;
    private final HandStore hands;

    Book(LedgerStore ledger, HandStore hands) {
        this.ledger = ledger;
        this.hands = hands;
    }

    /** The same, on the word of two persons. */
    void post(Posting posting, Hands both, Instant now) {
        post(posting, now);
        hands.write(posting, both);
    }

    void post(Posting posting, Instant now) {
        switch (ledger.post(posting, now)) {
            case Ledger.Answer.Posted _, Ledger.Answer.Exists _ -> {}
            case Ledger.Answer.ExistsWithOtherContent _ ->
                throw new IllegalStateException("posting " + posting.key() + " exists with other content");
            case Ledger.Answer.Refused(var kind, var refusal) ->
                throw new IllegalStateException("posting " + posting.key() + " refused: " + kind + " " + refusal);
        }
    }
}
