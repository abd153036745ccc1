package org.jiexu.transferout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jiexu.bus.client.AnswerTooLarge;
import org.jiexu.bus.client.RegistryUnavailable;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.transferout.domain.DeclineReasons;
import org.jiexu.transferout.domain.Input;
import org.jiexu.transferout.domain.Outcome.Moved;
import org.jiexu.transferout.domain.OutgoingCase;
import org.jiexu.transferout.domain.SheetContent;
import org.jiexu.transferout.domain.TransferOut;
import org.jiexu.transferout.postgres.CaseStore;
import org.jiexu.transferout.registry.SheetRows;
import org.jiexu.wire.sheet.SheetRules;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.RegionCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Issues first sheets by itself, of instant cases (R6) and where the region's policy says so: many cases, one call to the registry, one transaction.
 * A case of neither months nor money ends here wherever it is: nobody could issue its sheet.
 * Rows are claimed for a time, so several instances share the work; the table guards against a second issue. Returned
 * sheets are for people.
 */
@Component
class PrepareSheets {
    private static final Logger LOG = LoggerFactory.getLogger(PrepareSheets.class);
    private static final int MOST = 50;
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(30);
    private static final Input.Issue ISSUE = new Input.Issue();

    private final ServiceIdentity identity;
    private final Policies policies;
    private final CaseStore cases;
    private final SheetRows rows;
    private final SealSheet sealSheet;
    private final MoveCase moveCase;
    private final CarryOutWish carryOutWish;
    private final Parking parking;
    private final TransactionTemplate transaction;
    private final CrashPoints crashPoints;

    PrepareSheets(
            ServiceIdentity identity,
            Policies policies,
            CaseStore cases,
            SheetRows rows,
            SealSheet sealSheet,
            MoveCase moveCase,
            CarryOutWish carryOutWish,
            Parking parking,
            TransactionTemplate transaction,
            CrashPoints crashPoints) {
        this.identity = identity;
        this.policies = policies;
        this.cases = cases;
        this.rows = rows;
        this.sealSheet = sealSheet;
        this.moveCase = moveCase;
        this.carryOutWish = carryOutWish;
        this.parking = parking;
        this.transaction = transaction;
        this.crashPoints = crashPoints;
    }

    /** A sheet ready to leave, with the case it was made for. */
    private record Ready(OutgoingCase of, SealSheet.Result.Sealed sheet) {}

    /**
     * One batch; true when it was full, so that more may wait. When the registry is down the claimed cases are given back
     * for {@code retryAfter}, and {@link RegistryUnavailable} goes on to the caller.
     */
    boolean prepareDue(Duration retryAfter) {
        var automatic = identity.regions().stream()
                .filter(region -> policies.flag(Policies.AUTOMATIC_ISSUE, region))
                .toList();
        var claimed = cases.claimSheets(identity.regions(), automatic, MOST, LEASE);
        if (!claimed.isEmpty()) {
            try {
                prepare(claimed, automatic);
            } catch (RegistryUnavailable e) {
                claimed.forEach(one -> cases.postponeSheet(one.number(), retryAfter, null));
                throw e;
            }
        }
        return claimed.size() == MOST;
    }

    /** The batch, or, when one of its cases spoils it, each case alone. */
    private void prepare(List<OutgoingCase> claimed, List<RegionCode> automatic) {
        try {
            issue(seal(claimed, rows.of(claimed), automatic));
        } catch (AnswerTooLarge e) {
            // Too long together is not too long alone; too long alone is no sheet that could travel.
            if (claimed.size() > 1) {
                claimed.forEach(one -> prepare(List.of(one), automatic));
            } else {
                endAsTooLarge(claimed.getFirst(), automatic);
            }
        } catch (RegistryUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            if (claimed.size() > 1) {
                LOG.warn("{} sheets failed together, going on one by one", claimed.size(), e);
                claimed.forEach(one -> prepare(List.of(one), automatic));
            } else {
                // The worker's boundary: one bad case never stops the others, and staff see it.
                var number = claimed.getFirst().number();
                LOG.error("the sheet of {} could not be prepared", number, e);
                cases.postponeSheet(number, AFTER_FAULT, e.getClass().getSimpleName());
            }
        }
    }

    private List<Ready> seal(
            List<OutgoingCase> claimed, Map<CaseNumber, SheetContent> contents, List<RegionCode> automatic) {
        crashPoints.hit("transfer-out.rows-fetched");
        var ready = new ArrayList<Ready>();
        for (var one : claimed) {
            var content = contents.get(one.number());
            if (content == null) {
                cases.postponeSheet(one.number(), AFTER_FAULT, "RECORD_NOT_FOUND");
            } else if (TransferOut.on(one.state(), ISSUE) instanceof Moved moved) {
                switch (sealSheet.seal(one, SealSheet.issuedBy(moved), content)) {
                    case SealSheet.Result.Sealed sheet -> {
                        if (isIssuedByItself(one, automatic)) {
                            ready.add(new Ready(one, sheet));
                        } else {
                            cases.leaveToPeople(one.number());
                        }
                    }
                    case SealSheet.Result.Faulty(var faults) -> {
                        if (isPointless(faults)) {
                            carryOutWish.declineByItself(
                                    one,
                                    List.of(DeclineReasons.nothingToTransfer(
                                            one.known().terms().account())));
                        } else if (faults.contains(DeclineReasons.SHEET_TOO_LARGE)) {
                            endAsTooLarge(one, automatic);
                        } else if (isIssuedByItself(one, automatic)) {
                            cases.postponeSheet(one.number(), AFTER_FAULT, codes(faults));
                        } else {
                            cases.leaveToPeople(one.number());
                        }
                    }
                }
            }
        }
        return ready;
    }

    private static boolean isIssuedByItself(OutgoingCase one, List<RegionCode> automatic) {
        return one.known().terms().instant() || automatic.contains(one.sending());
    }

    /** Neither months nor money: what was there when it was applied for has left since, or never was. */
    private static boolean isPointless(List<CodedReason> faults) {
        return faults.stream().allMatch(fault -> fault.code().equals(SheetRules.NO_ROWS));
    }

    /**
     * Another look would find the same rows: the case ends, told with the reason, and the balance is free again. Where
     * people issue sheets it is they who decline it.
     */
    private void endAsTooLarge(OutgoingCase one, List<RegionCode> automatic) {
        LOG.warn("the sheet of {} is too large to travel", one.number());
        if (isIssuedByItself(one, automatic)) {
            carryOutWish.declineByItself(one, List.of(DeclineReasons.SHEET_TOO_LARGE));
        } else {
            cases.leaveToPeople(one.number());
        }
    }

    private void issue(List<Ready> ready) {
        if (ready.isEmpty()) {
            return;
        }
        var inOrder = ready.stream()
                .sorted(Comparator.comparing(one -> one.of().number()))
                .toList();
        transaction.executeWithoutResult(status -> {
            inOrder.forEach(this::write);
            crashPoints.hit("transfer-out.before-issue-commit");
        });
        crashPoints.hit("transfer-out.after-issue");
    }

    private void write(Ready one) {
        var now = cases.lock(one.of().number()).orElseThrow();
        // Withdrawn, declined or issued by staff meanwhile: the row decides.
        if (TransferOut.on(now.state(), ISSUE) instanceof Moved moved
                && SealSheet.issuedBy(moved).equals(one.sheet().fact())) {
            moveCase.go(now, moved, one.sheet().sheet(), moveCase.ownCause());
            parking.offerAgain(now.number().value());
        }
    }

    private static String codes(List<CodedReason> faults) {
        return faults.stream().map(CodedReason::code).collect(Collectors.joining(","));
    }
}
