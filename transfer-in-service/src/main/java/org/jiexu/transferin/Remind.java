package org.jiexu.transferin;

import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.journal.UuidV7;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Idempotency;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Fact.Work;
import org.jiexu.transferin.domain.Reminder;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.transferin.postgres.ProgressStore;
import org.jiexu.transferin.postgres.ReminderStore;
import org.jiexu.wire.contract.ReminderAnsweredV1;
import org.jiexu.wire.contract.TransferRemindedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 催办、投诉 — goes to the region that has the case: the old region by a message, our own people by a task; the answer is
 * kept here, where the asker looks (R10.4).
 */
@Component
public class Remind {
    /** House rule: more are no help while none is answered. */
    private static final int MOST_UNANSWERED = 5;

    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final ReminderStore reminders;
    private final ProgressStore progress;
    private final Directory directory;
    private final Outbox outbox;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    public Remind(
            TransactionTemplate transaction,
            CaseStore cases,
            ReminderStore reminders,
            ProgressStore progress,
            Directory directory,
            Outbox outbox,
            ServiceIdentity identity,
            BusinessClock clock) {
        this.transaction = transaction;
        this.cases = cases;
        this.reminders = reminders;
        this.progress = progress;
        this.directory = directory;
        this.outbox = outbox;
        this.identity = identity;
        this.clock = clock;
    }

    /** Puts it on the case, which must be open; {@code person} asks, or the employer {@code uscc}. */
    public Reminder remind(
            CaseNumber number, Reminder.Kind kind, String text, @Nullable PersonId person, @Nullable String uscc) {
        var id = UuidV7.next().toString();
        transaction.executeWithoutResult(status -> {
            var file = cases.lock(number).orElseThrow(Problem::notFound);
            if (State.status(file.state()).isEnd()) {
                throw Problem.conflict("CASE_ENDED", "业务已经结束，不能再催办或投诉；对结果有异议的，请向经办机构的监督电话反映。");
            }
            var region = whoAnswers(file);
            if (reminders.unanswered(number, region) >= MOST_UNANSWERED) {
                throw Problem.conflict("TOO_MANY_UNANSWERED", "此前的催办或投诉尚未答复，请等候答复。");
            }
            var at = clock.instant();
            reminders.insert(new Reminder(id, 0, number, kind, text, region, person, uscc, at, null, null));
            if (region.equals(file.receiving())) {
                progress.open(region, number, Work.ANSWER_REMINDER, at);
            } else {
                outbox.append(Event.transfer(
                        identity.source(file.receiving()),
                        region,
                        number,
                        new TransferRemindedV1(id, kind == Reminder.Kind.COMPLAINT, text, at)));
            }
            Idempotency.produced("/api/v1/transfers/" + number + "/reminders/" + id);
        });
        return reminders.find(id).orElseThrow(Problem::notFound);
    }

    /** A region outside the platform cannot be asked by message: our own people ask it, and answer. */
    private RegionCode whoAnswers(CaseFile file) {
        return file.sending().equals(file.holder()) && directory.isOnPlatform(file.sending())
                ? file.sending()
                : file.receiving();
    }

    /** A clerk of the receiving region answers what was asked of it; the same answer again is the same. */
    public Reminder answer(RegionCode here, String id, String text) {
        transaction.executeWithoutResult(status -> {
            var asked = reminders
                    .find(id)
                    .filter(found -> found.number().receivingRegion().equals(here))
                    .filter(found -> found.region().equals(here))
                    .orElseThrow(Problem::notFound);
            if (cases.lock(asked.number()).isPresent()) {
                keepAnswer(asked, text);
            }
        });
        return reminders.find(id).orElseThrow(Problem::notFound);
    }

    private void keepAnswer(Reminder asked, String text) {
        var at = clock.instant();
        if (!reminders.answer(asked.id(), text, at)
                && !reminders
                        .find(asked.id())
                        .filter(found -> text.equals(found.answer()))
                        .isPresent()) {
            throw Problem.conflict("ALREADY_ANSWERED", "已经有了答复，不能更改。");
        }
        if (reminders.unanswered(asked.number(), asked.region()) == 0) {
            progress.done(asked.number(), Work.ANSWER_REMINDER, at);
        }
    }

    /** The old region's answer, in the bus's transaction. */
    Answer answered(Received received, ReminderAnsweredV1 said) {
        var file = cases.lock(received.caseNumber());
        if (file.isEmpty()) {
            return Answer.rejected("nobody has asked about this case here");
        }
        if (!received.source().equals(Source.of(file.get().sending(), ServiceName.TRANSFER_OUT))) {
            return Answer.quarantined("said by a region or service that has no part in the case");
        }
        var asked = reminders
                .find(said.reminder())
                .filter(found -> found.number().equals(received.caseNumber()))
                .filter(found -> found.region().equals(file.get().sending()));
        if (asked.isEmpty()) {
            return Answer.rejected("nobody has asked that of this region");
        }
        if (reminders.answer(said.reminder(), said.text(), said.at())) {
            return Answer.moved();
        }
        return said.text().equals(asked.get().answer())
                ? Answer.alreadyDone()
                : Answer.quarantined("another answer to the same reminder");
    }
}
