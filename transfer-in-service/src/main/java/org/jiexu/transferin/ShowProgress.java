package org.jiexu.transferin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jiexu.bus.time.DeadlineView;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.bus.time.ExplainedDay;
import org.jiexu.bus.time.Term;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.CasePaper;
import org.jiexu.transferin.domain.Channel;
import org.jiexu.transferin.domain.ReceivedSheet;
import org.jiexu.transferin.domain.Reversal;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.Step;
import org.jiexu.transferin.domain.TakenStep;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.transferin.postgres.ProgressStore;
import org.jiexu.transferin.postgres.ReversalStore;
import org.jiexu.transferin.postgres.SheetStore;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 进度查询 — every step of a case, who has it, until when, and why until then (R10.1, R4.8). */
@Component
public class ShowProgress {
    private final ProgressStore progress;
    private final SheetStore sheets;
    private final ReversalStore reversals;
    private final Deadlines deadlines;
    private final OldRegionLimits oldRegion;

    public ShowProgress(
            ProgressStore progress,
            SheetStore sheets,
            ReversalStore reversals,
            Deadlines deadlines,
            OldRegionLimits oldRegion) {
        this.progress = progress;
        this.sheets = sheets;
        this.reversals = reversals;
        this.deadlines = deadlines;
        this.oldRegion = oldRegion;
    }

    /**
     * 办理进度; {@code reasons}: why it was refused or declined, what is missing, what it waits for; {@code waitingFor}: what is
     * asked of the applicant while the clock stands still (R4.6); {@code takenBack}: since when and why the amount does not
     * stand on the account any more (R7.6); {@code accountWords}: where the account is when it does not move (R2.10). Amount and months stand there once the sheet is booked;
     * names and certificates never do.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record View(
            CaseNumber number,
            PublicStatus status,
            String statusWords,
            String state,
            @Nullable PersonId person,
            RegionCode sending,
            RegionCode receiving,
            Scheme fromScheme,
            Scheme toScheme,
            Channel channel,
            AccountWish account,
            boolean onPaper,
            @Nullable RegionCode holder,
            Instant submittedAt,
            @Nullable Instant acceptedAt,
            @Nullable LocalDate notBefore,
            @Nullable LocalDate supplementBy,
            @Nullable LocalDate promisedBy,
            @Nullable Limit promise,
            List<PauseClock.Waiting> waitingFor,
            List<ShownStep> steps,
            @Nullable Fen amount,
            @Nullable Integer months,
            CasePaper.@Nullable TakenBack takenBack,
            @Nullable String accountWords,
            List<CodedReason> reasons) {}

    /** 一个环节. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ShownStep(
            Step step,
            String words,
            Instant at,
            @Nullable RegionCode region,
            @Nullable DeadlineKind limit,
            @Nullable LocalDate dueOn,
            @Nullable Instant metAt,
            @Nullable Explanation explanation) {}

    /** 时限. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Limit(LocalDate dueOn, @Nullable Instant metAt, boolean missed, Explanation explanation) {}

    /** 期限说明 — why that date. */
    public record Explanation(
            LocalDate startedOn,
            LocalDate dueOn,
            int workingDays,
            boolean provisional,
            List<ExplainedDay> days,
            List<String> sentences) {
        static Explanation of(Term term) {
            return of(term, term.explanation());
        }

        /** Of a limit that is watched here: also what earlier calendars had given, and whether its clock stands still. */
        static Explanation of(DeadlineView limit) {
            return of(limit.term(), limit.explanation());
        }

        private static Explanation of(Term term, List<String> sentences) {
            return new Explanation(
                    term.startedOn(), term.dueOn(), term.workingDays(), term.provisional(), term.days(), sentences);
        }
    }

    /** What must be read together to show a case. */
    private record Read(
            CaseFile file,
            List<ReceivedSheet> sheets,
            Optional<Reversal> reversal,
            Deque<DeadlineView> book,
            Deque<DeadlineView> credit) {}

    public View of(CaseFile file) {
        var limits = deadlines.of(file.number().value());
        var read = new Read(
                file,
                sheets.of(file.number()),
                reversals.find(file.number()),
                ofKind(limits, DeadlineKind.BOOK),
                ofKind(limits, DeadlineKind.CREDIT));
        var steps = new ArrayList<ShownStep>();
        for (var step : progress.steps(file.number())) {
            steps.add(shown(read, step));
        }
        var promise = ofKind(limits, DeadlineKind.PROMISE).peekLast();
        var status = State.status(file.state());
        return new View(
                file.number(),
                status,
                status.words(),
                CaseStore.name(file.state()),
                file.person(),
                file.sending(),
                file.receiving(),
                file.application().fromScheme(),
                file.application().toScheme(),
                file.application().channel(),
                file.application().wishes().account(),
                file.application().onPaper(),
                file.holder(),
                file.application().submittedAt(),
                file.acceptedAt(),
                file.notBefore(),
                file.state() instanceof State.Incomplete ? file.supplementBy() : null,
                promise == null ? null : promise.promisedOn(),
                promise == null
                        ? null
                        : new Limit(promise.dueOn(), promise.metAt(), promise.missed(), Explanation.of(promise)),
                PauseClock.waitingFor(file, deadlines.pauses(file.number().value())),
                steps,
                bookedSheet(read).map(ReceivedSheet::amount).orElse(null),
                bookedSheet(read).map(sheet -> sheet.sealed().read().months()).orElse(null),
                read.reversal().map(Reversal::onPaper).orElse(null),
                AccountWords.of(file),
                file.reasons());
    }

    private ShownStep shown(Read read, TakenStep step) {
        return switch (step.step()) {
            // 43号 Art. 8: the old region's limit, watched there; its first sheet meets it.
            case ACCEPTED -> {
                var acceptedAt = read.file().acceptedAt();
                var term = oldRegion.issue(read.file().sending(), acceptedAt == null ? step.at() : acceptedAt);
                yield elsewhere(step, DeadlineKind.ISSUE, term, sheet(read, 1));
            }
            case SHEET_RETURNED -> {
                var term = oldRegion.correct(read.file().sending(), step.at());
                int returned = Integer.parseInt(step.detail().substring(1));
                yield elsewhere(step, DeadlineKind.CORRECT, term, sheet(read, returned + 1));
            }
            case SHEET_RECEIVED -> here(step, read.book().poll());
            case BOOKED -> here(step, read.credit().poll());
            case YEAR_RUNNING -> on(step, read.file().notBefore());
            case MONEY_TAKEN_BACK ->
                read.reversal().map(reversal -> inWords(step, reversal.words())).orElseGet(() -> here(step, null));
            case INCOMPLETE -> on(step, read.file().supplementBy());
            case SUBMITTED,
                    SUPPLEMENTED,
                    LETTER_ISSUED,
                    PAPER_POSTED,
                    WAITING,
                    REFUSED,
                    WITHDRAWAL_REQUESTED,
                    WITHDRAWAL_TOO_LATE,
                    MONEY_REMITTED,
                    MONEY_SUSPENDED,
                    PAUSED,
                    RESUMED,
                    PAUSED_THERE,
                    RESUMED_THERE,
                    COMPLETED,
                    WITHDRAWN,
                    DECLINED -> here(step, null);
        };
    }

    /** R1.3: not a limit that somebody has to keep, but the day on which it goes on by itself. */
    private static ShownStep on(TakenStep step, @Nullable LocalDate day) {
        return new ShownStep(step.step(), step.step().words(), step.at(), step.holder(), null, day, null, null);
    }

    private static ShownStep inWords(TakenStep step, String words) {
        return new ShownStep(step.step(), words, step.at(), step.holder(), null, null, null, null);
    }

    private static ShownStep elsewhere(TakenStep step, DeadlineKind kind, Term term, Optional<ReceivedSheet> answer) {
        return new ShownStep(
                step.step(),
                step.step().words(),
                step.at(),
                step.holder(),
                kind,
                term.dueOn(),
                answer.map(ReceivedSheet::issuedAt).orElse(null),
                Explanation.of(term));
    }

    private static ShownStep here(TakenStep step, @Nullable DeadlineView limit) {
        return new ShownStep(
                step.step(),
                step.step().words(),
                step.at(),
                step.holder(),
                limit == null ? null : limit.kind(),
                limit == null ? null : limit.dueOn(),
                limit == null ? null : limit.metAt(),
                limit == null ? null : Explanation.of(limit));
    }

    private static Deque<DeadlineView> ofKind(List<DeadlineView> limits, DeadlineKind kind) {
        var found = new ArrayDeque<DeadlineView>();
        limits.stream().filter(limit -> limit.kind() == kind).forEach(found::add);
        return found;
    }

    private static Optional<ReceivedSheet> sheet(Read read, int version) {
        return read.sheets().stream()
                .filter(sheet -> sheet.version() == version)
                .findFirst();
    }

    private static Optional<ReceivedSheet> bookedSheet(Read read) {
        return switch (read.file().state()) {
            case State.Booked booked -> sheet(read, booked.version());
            case State.YearRunning running -> sheet(read, running.version());
            case State.Completed completed -> sheet(read, completed.version());
            case State.Submitted _,
                    State.Incomplete _,
                    State.Waiting _,
                    State.Refused _,
                    State.Accepted _,
                    State.Withdrawing _,
                    State.Received _,
                    State.Returned _,
                    State.Withdrawn _,
                    State.Declined _ -> Optional.empty();
        };
    }
}
