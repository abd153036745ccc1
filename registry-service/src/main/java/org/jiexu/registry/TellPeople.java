package org.jiexu.registry;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jiexu.registry.domain.StepWords;
import org.jiexu.registry.postgres.CaseIndexStore.Shown;
import org.jiexu.registry.postgres.CaseIndexStore.ToldStep;
import org.jiexu.registry.postgres.MessageStore;
import org.jiexu.registry.postgres.MessageStore.ToPerson;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DeadlineStatusV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.springframework.stereotype.Component;

/** 告知 — each step is told to the person, and to the employer who applied, in the transaction that takes it in. */
@Component
class TellPeople {
    private final MessageStore messages;

    TellPeople(MessageStore messages) {
        this.messages = messages;
    }

    /** 43号 Art. 7, 10: told in time; the cases stand in the index already. */
    void tell(List<ToldStep> steps, Map<CaseNumber, Shown> shown) {
        messages.tellPersons(steps.stream()
                .map(step -> new ToPerson(step, words(step.told())))
                .toList());
        steps.stream().map(step -> step.told().number()).distinct().forEach(number -> {
            var employer = Objects.requireNonNull(shown.get(number)).employer();
            if (employer != null) {
                messages.tellEmployer(number, employer);
            }
        });
    }

    private static String words(CaseProgressedV1 told) {
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
        var words = StepWords.of(told.number(), told.step(), told.status(), promisedBy, told.why(), asked);
        return told.amount() == null ? words : words + "金额" + told.amount() + "元。";
    }
}
