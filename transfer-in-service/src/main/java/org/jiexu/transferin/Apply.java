package org.jiexu.transferin;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jiexu.bus.client.CheckAnswer;
import org.jiexu.bus.client.RegistryUnavailable;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Idempotency;
import org.jiexu.transferin.domain.Applicant;
import org.jiexu.transferin.domain.Application;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Paper;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.Step;
import org.jiexu.transferin.domain.TakenStep;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.transferin.postgres.ProgressStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 申请 — the application is kept first, then checked on both sides, then decided, in the same call (R2.9). While the
 * registry cannot be reached it stays submitted and is decided later (R2.7).
 */
@Component
public class Apply {
    /** For this long the background check leaves a new application to the call that brought it. */
    private static final Duration HEAD = Duration.ofSeconds(10);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final ProgressStore progress;
    private final IssuePaper issuePaper;
    private final AskRegistry registry;
    private final Decide decide;
    private final CheckPapers checkPapers;
    private final Again again;
    private final Directory directory;
    private final BusinessClock clock;
    private final CrashPoints crashPoints;

    public Apply(
            TransactionTemplate transaction,
            CaseStore cases,
            ProgressStore progress,
            IssuePaper issuePaper,
            AskRegistry registry,
            Decide decide,
            CheckPapers checkPapers,
            Again again,
            Directory directory,
            BusinessClock clock,
            CrashPoints crashPoints) {
        this.transaction = transaction;
        this.cases = cases;
        this.progress = progress;
        this.issuePaper = issuePaper;
        this.registry = registry;
        this.decide = decide;
        this.checkPapers = checkPapers;
        this.again = again;
        this.directory = directory;
        this.clock = clock;
        this.crashPoints = crashPoints;
    }

    /** Without papers: where no window is, none are asked for. */
    public Optional<CaseFile> apply(Application application, Applicant applicant) {
        return apply(application, applicant, Set.of());
    }

    /**
     * The case as it stands after the call; empty when the application is for somebody else than the applicant.
     *
     * @param papers what has been shown at the window
     */
    public Optional<CaseFile> apply(Application application, Applicant applicant, Set<Paper> papers) {
        requireMayAgain(application, applicant);
        return apply(drawNumber(application.to()), application, applicant, papers);
    }

    /** 429 when the applicant has applied for it and withdrawn too often today. */
    public void requireMayAgain(Application application, Applicant applicant) {
        again.check(application, applicant);
    }

    /** A number for an application to come. */
    public CaseNumber drawNumber(RegionCode receiving) {
        return CaseNumber.random(receiving, LocalDate.now(clock).getYear(), RANDOM);
    }

    /** As {@link #apply}, under a number drawn before: the same number again is the same application, taken up again. */
    public Optional<CaseFile> takeUp(CaseNumber number, Application application, Applicant applicant) {
        var known = cases.find(number);
        if (known.isEmpty()) {
            return apply(number, application, applicant, Set.of());
        }
        return known.get().state() instanceof State.Submitted ? check(known.get()) : known;
    }

    private Optional<CaseFile> apply(
            CaseNumber number, Application application, Applicant applicant, Set<Paper> papers) {
        var handedIn = CaseFile.submitted(number, application.onPaper(isOnPaper(application)), applicant)
                .shown(papers);
        // R2.3: what is missing is told at once, also while the registry is away.
        var file = handedIn.because(checkPapers.missing(handedIn));
        transaction.executeWithoutResult(status -> {
            cases.insert(file, HEAD);
            progress.happened(
                    file.number(), new TakenStep(Step.SUBMITTED, "", file.holder(), application.submittedAt()));
            // No limit runs before it is accepted.
            issuePaper.issue(file, Step.SUBMITTED, application.submittedAt(), List.of());
            Idempotency.produced("/api/v1/transfers/" + file.number());
        });
        crashPoints.hit("transfer-in.after-submit");
        return check(file);
    }

    private Optional<CaseFile> check(CaseFile file) {
        CheckAnswer answer;
        try {
            answer = registry.check(file);
        } catch (RegistryUnavailable e) {
            transaction.executeWithoutResult(status -> cases.retryAfter(file.number(), Duration.ofSeconds(1)));
            return Optional.of(file);
        }
        if (answer instanceof CheckAnswer.NotYours) {
            // Nothing of another person's data stays with somebody who is not that person.
            transaction.executeWithoutResult(status -> cases.forgetSubmitted(file.number()));
            return Optional.empty();
        }
        return Optional.of(decide.decide(file.number(), answer));
    }

    /** R3.7: a region that the directory knows but that is not on the platform sends paper, to windows only. */
    private boolean isOnPaper(Application application) {
        return application.channel().isWindow()
                && directory.region(application.from()).isPresent()
                && !directory.isOnPlatform(application.from());
    }
}
