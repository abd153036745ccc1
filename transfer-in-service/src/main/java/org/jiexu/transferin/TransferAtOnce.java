package org.jiexu.transferin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jiexu.bus.journal.UuidV7;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Idempotency;
import org.jiexu.bus.web.TraceContext;
import org.jiexu.transferin.domain.Applicant;
import org.jiexu.transferin.domain.Application;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.CasePaper;
import org.jiexu.transferin.domain.Paper;
import org.jiexu.transferin.domain.Reversal;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.Step;
import org.jiexu.transferin.domain.TakenStep;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.transferin.postgres.InstantRequestStore;
import org.jiexu.transferin.postgres.InstantRequestStore.InstantRequest;
import org.jiexu.transferin.postgres.InstantRequestStore.Line;
import org.jiexu.transferin.postgres.ProgressStore;
import org.jiexu.transferin.postgres.ReversalStore;
import org.jiexu.transferin.postgres.SheetStore;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.sheet.AmountInCapitals;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 秒到账 — some or all old records of the province in one request: one case each, with no review on either side, and the
 * answer waits a second for the money (R6.2). What takes longer goes on by itself and is asked for by number.
 */
@Component
public class TransferAtOnce {
    private static final Logger LOG = LoggerFactory.getLogger(TransferAtOnce.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final TransactionTemplate transaction;
    private final Apply apply;
    private final CaseStore cases;
    private final SheetStore sheets;
    private final ReversalStore reversals;
    private final ProgressStore progress;
    private final InstantRequestStore requests;
    private final ShowOldRecords showOldRecords;
    private final BusinessClock clock;

    public TransferAtOnce(
            TransactionTemplate transaction,
            Apply apply,
            CaseStore cases,
            SheetStore sheets,
            ReversalStore reversals,
            ProgressStore progress,
            InstantRequestStore requests,
            ShowOldRecords showOldRecords,
            BusinessClock clock) {
        this.transaction = transaction;
        this.apply = apply;
        this.cases = cases;
        this.sheets = sheets;
        this.reversals = reversals;
        this.progress = progress;
        this.requests = requests;
        this.showOldRecords = showOldRecords;
        this.clock = clock;
    }

    /** 即时转移结果; {@code done} when every case has reached its end. */
    public record View(UUID id, RegionCode region, boolean done, List<Result> transfers) {}

    /**
     * 一地的结果.
     *
     * @param number null when the application could not be handed in; asking again is harmless
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            RegionCode region,
            String regionName,
            @Nullable CaseNumber number,
            @Nullable PublicStatus status,
            @Nullable String statusWords,
            @Nullable Fen amount,
            @Nullable Receipt receipt,
            List<CodedReason> reasons) {}

    /** 电子回执 — who received how much, from where, when, by which remittance; and whether it was taken back since (R7.6). */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Receipt(
            CaseNumber number,
            PersonId person,
            String name,
            String from,
            String to,
            int months,
            Fen amount,
            String amountInCapitals,
            @Nullable String remittance,
            Instant creditedAt,
            CasePaper.@Nullable TakenBack takenBack) {}

    /**
     * Hands in one application per old region and waits for their ends, a second at most.
     *
     * @param applications of one person, each for another old region
     */
    public View transfer(List<Application> applications, PersonId person, Applicant applicant, Set<Paper> papers) {
        applications.forEach(application -> apply.requireMayAgain(application, applicant));
        var receiving = applications.getFirst().to();
        var request = new InstantRequest(UuidV7.next(), receiving, applicant.subject(), person);
        transaction.executeWithoutResult(status -> {
            requests.insert(
                    request, applications.stream().map(Application::from).toList(), clock.instant());
            Idempotency.produced(location(request));
        });
        long patience = System.nanoTime() + PATIENCE.toNanos();
        applyAll(request, applications, applicant, papers);
        while (requests.open(request.id()) > 0 && System.nanoTime() < patience) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return view(request);
    }

    public Optional<InstantRequest> find(UUID id) {
        return requests.find(id);
    }

    public static String location(InstantRequest request) {
        return "/api/v1/regions/" + request.receiving() + "/instant-transfers/" + request.id();
    }

    /** In threads of their own: what they create is named by the request, not by each case. */
    private void applyAll(
            InstantRequest request, List<Application> applications, Applicant applicant, Set<Paper> papers) {
        var trace = TraceContext.current();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var application : applications) {
                threads.execute(() -> {
                    var context = TraceContext.continuing(trace == null ? null : trace.traceparent());
                    try (var _ = context.open()) {
                        apply(request, application, applicant, papers);
                    }
                });
            }
        }
    }

    /** One that fails is one line without a number; the others are not its business. */
    private void apply(InstantRequest request, Application application, Applicant applicant, Set<Paper> papers) {
        try {
            apply.apply(application, applicant, papers)
                    .ifPresent(file -> requests.applied(request.id(), file.sending(), file.number()));
        } catch (RuntimeException e) {
            LOG.error(
                    "an instant transfer from {} could not be handed in: {}",
                    application.from(),
                    e.getClass().getSimpleName());
        }
    }

    public View view(InstantRequest request) {
        var results = requests.lines(request.id()).stream().map(this::result).toList();
        boolean done = results.stream().map(Result::status).allMatch(status -> status != null && status.isEnd());
        return new View(request.id(), request.receiving(), done, results);
    }

    private Result result(Line line) {
        var number = line.number();
        var name = showOldRecords.name(line.sending());
        if (number == null) {
            return new Result(line.sending(), name, null, null, null, null, null, List.of());
        }
        var file = cases.find(number).orElseThrow();
        var status = State.status(file.state());
        var receipt = file.state() instanceof State.Completed completed ? receipt(file, completed) : null;
        return new Result(
                line.sending(),
                name,
                number,
                status,
                status.words(),
                receipt == null ? null : receipt.amount(),
                receipt,
                file.reasons());
    }

    private Receipt receipt(CaseFile file, State.Completed completed) {
        var sheet = sheets.find(file.number(), completed.version()).orElseThrow();
        var remittance = sheet.remittance();
        var creditedAt = progress.steps(file.number()).stream()
                .filter(step -> step.step() == Step.COMPLETED)
                .map(TakenStep::at)
                .findFirst()
                .orElseThrow();
        return new Receipt(
                file.number(),
                Objects.requireNonNull(file.person()),
                masked(file.application().name()),
                showOldRecords.name(file.sending()),
                showOldRecords.name(file.receiving()),
                sheet.sealed().read().months(),
                completed.amount(),
                AmountInCapitals.write(completed.amount()),
                remittance == null ? null : remittance.toString(),
                creditedAt,
                reversals.find(file.number()).map(Reversal::onPaper).orElse(null));
    }

    /** 张* — enough to be recognised by whoever knows. */
    private static String masked(String name) {
        return name.substring(0, name.offsetByCodePoints(0, 1)) + "*";
    }
}
