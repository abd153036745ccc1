package org.jiexu.transferout;

import java.util.EnumSet;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferout.domain.OutgoingCase;
import org.jiexu.transferout.domain.Task;
import org.jiexu.transferout.postgres.CaseStore;
import org.jiexu.transferout.postgres.ReminderStore;
import org.jiexu.transferout.postgres.ReminderStore.Reminder;
import org.jiexu.transferout.postgres.TaskStore;
import org.jiexu.wire.contract.ReminderAnsweredV1;
import org.jiexu.wire.contract.TransferRemindedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 催办、投诉 — kept, shown to our staff as a task, answered once; the answer goes back where it was asked (R10.4). */
@Component
public class AnswerReminders {
    private final CaseStore cases;
    private final ReminderStore reminders;
    private final TaskStore tasks;
    private final Outbox outbox;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    AnswerReminders(
            CaseStore cases,
            ReminderStore reminders,
            TaskStore tasks,
            Outbox outbox,
            ServiceIdentity identity,
            BusinessClock clock) {
        this.cases = cases;
        this.reminders = reminders;
        this.tasks = tasks;
        this.outbox = outbox;
        this.identity = identity;
        this.clock = clock;
    }

    /** In the bus's transaction; the case's row is locked. No state changes on it. */
    Answer reminded(Received received, OutgoingCase known, TransferRemindedV1 said) {
        if (reminders.insert(known.number(), known.sending(), said)) {
            tasks.open(known.number(), known.sending(), Task.ANSWER_REMINDER, clock.instant());
            return Answer.moved();
        }
        return reminders
                        .find(said.reminder())
                        .filter(kept -> kept.number().equals(received.caseNumber()))
                        .filter(kept -> kept.text().equals(said.text()) && kept.complaint() == said.complaint())
                        .isPresent()
                ? Answer.alreadyDone()
                : Answer.quarantined("CONTRADICTION: another reminder has that id");
    }

    /** The same answer again is the same; another one is refused. */
    @Transactional
    public Reminder answer(RegionCode region, CaseNumber number, String id, String text) {
        var known = cases.lock(number)
                .filter(found -> found.sending().equals(region))
                .orElseThrow(Problem::notFound);
        var asked = reminders
                .find(id)
                .filter(found -> found.number().equals(number))
                .orElseThrow(Problem::notFound);
        var at = clock.instant();
        if (!reminders.answer(id, text, at)) {
            if (!text.equals(asked.answer())) {
                throw Problem.conflict("ALREADY_ANSWERED", "已经有了答复，不能更改。");
            }
            return asked;
        }
        if (!reminders.hasUnanswered(number)) {
            tasks.close(number, EnumSet.of(Task.ANSWER_REMINDER), at);
        }
        outbox.append(Event.transfer(
                identity.source(region), known.receiving(), number, new ReminderAnsweredV1(id, text, at)));
        return reminders.find(id).orElseThrow(Problem::notFound);
    }
}
