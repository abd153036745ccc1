package org.jiexu.registry;

import java.util.Objects;
import org.jiexu.registry.domain.StepWords;
import org.jiexu.registry.postgres.MessageStore;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DeadlineStatusV1;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 告知 — each step is told to the person, and to the employer who applied, in the transaction that takes it in. */
@Component
class TellPeople {
    private final MessageStore messages;

    TellPeople(MessageStore messages) {
        this.messages = messages;
    }

    /** 43号 Art. 7, 10: told in time; the case stands in the index already. */
    void tell(CaseProgressedV1 told, Source source, long sequence, @Nullable String employer) {
        var promisedBy = told.deadlines().stream()
                .filter(limit -> limit.kind() == DeadlineKind.PROMISE && limit.cancelledAt() == null)
                .map(DeadlineStatusV1::dueOn)
                .findFirst()
                .orElse(null);
        var asked = told.deadlines().stream()
                .map(DeadlineStatusV1::pauseReason)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        messages.tellPerson(
                told,
                source,
                sequence,
                StepWords.of(told.number(), told.step(), told.status(), promisedBy, told.why(), asked));
        if (employer != null) {
            messages.tellEmployer(told.number(), employer);
        }
    }
}
