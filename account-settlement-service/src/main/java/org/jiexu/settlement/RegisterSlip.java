package org.jiexu.settlement;

import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.domain.Outcome;
import org.jiexu.settlement.domain.ReceivingCase;
import org.jiexu.settlement.domain.Route;
import org.jiexu.settlement.postgres.CaseStore;
import org.jiexu.settlement.postgres.SlipStore;
import org.jiexu.settlement.postgres.SlipStore.Slip;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 登记银行回单 — money of a region outside the platform came by the bank (R3.7). It enters the case as any remittance does,
 * from the bank instead of from the wire. A slip is known by its number: registered again it is the same.
 */
@Component
public class RegisterSlip {
    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final SlipStore slips;
    private final CarryOut carryOut;
    private final Parking parking;
    private final Directory directory;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    RegisterSlip(
            TransactionTemplate transaction,
            CaseStore cases,
            SlipStore slips,
            CarryOut carryOut,
            Parking parking,
            Directory directory,
            ServiceIdentity identity,
            BusinessClock clock) {
        this.transaction = transaction;
        this.cases = cases;
        this.slips = slips;
        this.carryOut = carryOut;
        this.parking = parking;
        this.directory = directory;
        this.identity = identity;
        this.clock = clock;
    }

    /** What stands on the slip, and the case that it names. */
    public record Content(String slip, CaseNumber number, RegionCode from, Fen amount) {}

    public Slip run(RegionCode region, Content content, Caller clerk) {
        if (!identity.hosts(region)) {
            throw Problem.notFound();
        }
        if (!content.number().receivingRegion().equals(region)) {
            throw Problem.field("number", "OTHER_REGION", "该受理编号不属于本统筹区。");
        }
        if (!content.amount().isPositive()) {
            throw Problem.field("amount", "NOT_POSITIVE", "金额应大于零。");
        }
        requireOffPlatform(content.from());
        return transaction.execute(status -> register(region, content, clerk));
    }

    /** The money of regions on the platform comes over the platform, and from nowhere else. */
    private void requireOffPlatform(RegionCode from) {
        var listed = directory.region(from);
        if (listed.isEmpty()) {
            throw Problem.field("from", "UNKNOWN_REGION", "没有该统筹区。");
        }
        if (listed.map(RegionListedV1::onPlatform).orElse(false)) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "REGION_ON_PLATFORM", "转出地已接入平台，其款项由平台划转，不能登记银行回单。");
        }
    }

    private Slip register(RegionCode region, Content content, Caller clerk) {
        var before = cases.lock(content.number());
        var known = slips.find(region, content.slip());
        if (known.isPresent()) {
            return theSame(known.get(), content);
        }
        var rn = new RemittanceNumber(content.number(), before.nextArrival(content.from()));
        switch (before.on(new ReceivingCase.Input.Remitted(rn.n(), content.amount(), content.from(), Route.BANK))) {
            case Outcome.Moved(var after, var facts) -> {
                cases.save(before, after, clock.instant());
                if (!slips.insert(
                        region,
                        content.slip(),
                        rn,
                        content.from(),
                        content.amount(),
                        clerk.subject(),
                        clock.instant())) {
                    throw differs();
                }
                carryOut.all(region, content.number(), facts, null);
                parking.offerAgain(content.number().value());
                return slips.find(region, content.slip()).orElseThrow();
            }
            case Outcome.AlreadyDone<ReceivingCase> _,
                    Outcome.Rejected<ReceivingCase> _,
                    Outcome.Conflict<ReceivingCase> _ ->
                throw new IllegalStateException("an arrival of a number that is new was not taken: " + rn);
        }
    }

    private static Slip theSame(Slip known, Content content) {
        if (known.remittance().caseNumber().equals(content.number())
                && known.from().equals(content.from())
                && known.amount().equals(content.amount())) {
            return known;
        }
        throw differs();
    }

    private static Problem differs() {
        return Problem.conflict("SLIP_DIFFERS", "该回单号已以不同内容登记。");
    }
}
