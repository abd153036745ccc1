package org.jiexu.transferin;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.journal.SigningKeys;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.DeadlineView;
import org.jiexu.transferin.domain.Application;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.CasePaper;
import org.jiexu.transferin.domain.ReceivedSheet;
import org.jiexu.transferin.domain.Reversal;
import org.jiexu.transferin.domain.SealedPaper;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.Step;
import org.jiexu.transferin.postgres.CasePaperStore;
import org.jiexu.transferin.postgres.ReversalStore;
import org.jiexu.transferin.postgres.SheetStore;
import org.jiexu.wire.contract.AgencyV1;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.sheet.AmountInCapitals;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 开具业务单据 — filled in and sealed in the transaction of its step, so that it says what was decided and nothing later. */
@Component
class IssuePaper {
    private static final String TAKEN_BACK = "（已冲正）";

    private final CasePaperStore papers;
    private final SheetStore sheets;
    private final ReversalStore reversals;
    private final OldRegionLimits oldRegion;
    private final Directory directory;
    private final Policies policies;
    private final SigningKeys keys;
    private final ServiceIdentity identity;

    IssuePaper(
            CasePaperStore papers,
            SheetStore sheets,
            ReversalStore reversals,
            OldRegionLimits oldRegion,
            Directory directory,
            Policies policies,
            SigningKeys keys,
            ServiceIdentity identity) {
        this.papers = papers;
        this.sheets = sheets;
        this.reversals = reversals;
        this.oldRegion = oldRegion;
        this.directory = directory;
        this.policies = policies;
        this.keys = keys;
        this.identity = identity;
    }

    /** What a step brings, with the limits of the case as they stand; where no money came, nothing certifies any. */
    void issue(CaseFile file, Step step, Instant at, List<DeadlineView> limits) {
        var booked = bookedSheet(file);
        var takenBack = step == Step.MONEY_TAKEN_BACK ? reversals.find(file.number()) : Optional.<Reversal>empty();
        for (var kind : CasePaper.Kind.of(step)) {
            if (kind != CasePaper.Kind.MONEY_ARRIVAL
                    || booked.filter(sheet -> sheet.amount().isPositive()).isPresent()) {
                var paper = paper(file, kind, booked, takenBack, limits, at);
                papers.keep(file.number(), SealedPaper.seal(paper, keys.of(identity.source(file.receiving())), at));
            }
        }
    }

    private CasePaper paper(
            CaseFile file,
            CasePaper.Kind kind,
            Optional<ReceivedSheet> sheet,
            Optional<Reversal> takenBack,
            List<DeadlineView> limits,
            Instant at) {
        var application = file.application();
        var agency = agency(file.receiving());
        var acceptedAt = file.acceptedAt();
        var amount = sheet.map(ReceivedSheet::amount).filter(Fen::isPositive);
        return new CasePaper(
                kind,
                kind.title() + (takenBack.isPresent() ? TAKEN_BACK : ""),
                file.number(),
                file.receiving(),
                agency.map(AgencyV1::name).orElse(name(file.receiving())),
                agency.map(AgencyV1::telephone).orElse(null),
                application.name(),
                application.certificate(),
                file.sending(),
                application.fromScheme(),
                application.toScheme(),
                acceptedAt == null ? null : LocalDate.ofInstant(acceptedAt, BusinessClock.ZONE),
                promise(limits).map(DeadlineView::promisedOn).orElse(null),
                acceptedAt == null
                        ? null
                        : oldRegion.issue(file.sending(), acceptedAt).dueOn(),
                kind == CasePaper.Kind.REFUSAL ? file.reasons() : List.of(),
                sheet.map(received -> received.sealed().read().months()).orElse(null),
                amount.orElse(null),
                amount.map(AmountInCapitals::write).orElse(null),
                serviceItem(file.receiving()),
                kind == CasePaper.Kind.APPLICATION ? asked(application) : null,
                LocalDate.ofInstant(at, BusinessClock.ZONE),
                takenBack.map(Reversal::onPaper).orElse(null));
    }

    private @Nullable String serviceItem(RegionCode region) {
        var code = policies.text(Policies.SERVICE_ITEM, region);
        return code.isBlank() ? null : code;
    }

    private static CasePaper.Asked asked(Application application) {
        return new CasePaper.Asked(
                application.channel().words(),
                application.cause(),
                application.wishes().account(),
                application.proof().identification(),
                application.proof().agreementVersion(),
                application.proof().agreedAt());
    }

    private Optional<ReceivedSheet> bookedSheet(CaseFile file) {
        return file.state() instanceof State.Completed(int version, var _, var _)
                ? sheets.find(file.number(), version)
                : Optional.empty();
    }

    private static Optional<DeadlineView> promise(List<DeadlineView> limits) {
        return limits.stream()
                .filter(limit -> limit.kind() == DeadlineKind.PROMISE)
                .reduce((_, last) -> last);
    }

    /** The region's first agency in the directory is its main one. */
    private Optional<AgencyV1> agency(RegionCode region) {
        return directory
                .region(region)
                .flatMap(listed -> listed.agencies().stream().findFirst());
    }

    private String name(RegionCode region) {
        return directory.region(region).map(RegionListedV1::name).orElse(region.value());
    }
}
