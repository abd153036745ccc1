package org.jiexu.settlement;

import java.util.Objects;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.domain.Hands;
import org.jiexu.settlement.domain.Outcome;
import org.jiexu.settlement.domain.ReceivingCase;
import org.jiexu.settlement.domain.Route;
import org.jiexu.settlement.postgres.CaseStore;
import org.jiexu.settlement.postgres.HandStore;
import org.jiexu.settlement.postgres.SlipStore;
import org.jiexu.settlement.postgres.SlipStore.Slip;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 登记银行回单 — money of a region outside the platform came by the bank (R3.7). One person registers the slip, another enters
 * the same from the paper once more (R11.5); then the money enters the case as any remittance does, from the bank instead
 * of from the wire. A slip is known by its number: approved again it is the same.
 */
@Component
public class RegisterSlip {
    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final SlipStore slips;
    private final HandStore hands;
    private final CarryOut carryOut;
    private final Parking parking;
    private final Directory directory;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    RegisterSlip(
            TransactionTemplate transaction,
            CaseStore cases,
            SlipStore slips,
            HandStore hands,
            CarryOut carryOut,
            Parking parking,
            Directory directory,
            ServiceIdentity identity,
            BusinessClock clock) {
        this.transaction = transaction;
        this.cases = cases;
        this.slips = slips;
        this.hands = hands;
        this.carryOut = carryOut;
        this.parking = parking;
        this.directory = directory;
        this.identity = identity;
        this.clock = clock;
    }

    /** What stands on the slip, and the case that it names. */
    public record Content(String slip, CaseNumber number, RegionCode from, Fen amount) {}

    /** The first half; no money is booked. What was registered otherwise and not approved is replaced. */
    public Slip prepare(RegionCode region, Content content, Caller clerk) {
        requirePossible(region, content);
        return Objects.requireNonNull(transaction.execute(_ -> {
            var before = cases.lock(content.number());
            var known = slips.find(region, content.slip());
            if (known.filter(Slip::isApproved).isPresent()) {
                return theSame(known.get(), content);
            }
            arrival(before, content);
            slips.prepare(
                    region,
                    content.slip(),
                    content.number(),
                    content.from(),
                    content.amount(),
                    clerk.subject(),
                    clock.instant());
            return slips.find(region, content.slip()).orElseThrow();
        }));
    }

    /** The second half, by another person, of the very same slip: the money is here. */
    public Slip approve(RegionCode region, Content content, Caller checker) {
        requirePossible(region, content);
        return Objects.requireNonNull(transaction.execute(_ -> {
            var before = cases.lock(content.number());
            var known = slips.lock(region, content.slip())
                    .orElseThrow(() -> Problem.conflict("NOT_PREPARED", "该回单尚未经办登记，不能复核。"));
            if (!known.says(content.number(), content.from(), content.amount())) {
                throw Problem.conflict("PREPARED_OTHERWISE", "复核的回单内容与经办登记的不一致。");
            }
            if (known.isApproved()) {
                return known;
            }
            if (known.registeredBy().equals(checker.subject())) {
                throw Problem.conflict("SAME_PERSON", "经办与复核不能为同一人。");
            }
            return book(region, content, known, before, checker);
        }));
    }

    private void requirePossible(RegionCode region, Content content) {
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

    private Slip book(RegionCode region, Content content, Slip slip, ReceivingCase before, Caller checker) {
        var moved = arrival(before, content);
        var now = clock.instant();
        cases.save(before, moved.next(), now);
        slips.approve(region, content.slip(), before.nextArrival(content.from()), checker.subject(), now);
        carryOut.all(region, content.number(), moved.facts(), null);
        hands.write(moved.facts(), new Hands(Hands.Act.SLIP, slip.registeredBy(), checker.subject()));
        parking.offerAgain(content.number().value());
        return slips.find(region, content.slip()).orElseThrow();
    }

    private static Outcome.Moved<ReceivingCase> arrival(ReceivingCase before, Content content) {
        var input = new ReceivingCase.Input.Remitted(
                before.nextArrival(content.from()), content.amount(), content.from(), Route.BANK);
        return switch (before.on(input)) {
            case Outcome.Moved<ReceivingCase> moved -> moved;
            case Outcome.AlreadyDone<ReceivingCase> _,
                    Outcome.Rejected<ReceivingCase> _,
                    Outcome.Conflict<ReceivingCase> _ ->
                throw new IllegalStateException(
                        "an arrival of a number that is new was not taken: " + content.number());
        };
    }

    private static Slip theSame(Slip known, Content content) {
        if (known.says(content.number(), content.from(), content.amount())) {
            return known;
        }
        throw Problem.conflict("SLIP_DIFFERS", "该回单号已以不同内容登记。");
    }
}
