package org.jiexu.transferin;

import java.util.LinkedHashMap;
import java.util.List;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Input;
import org.jiexu.transferin.domain.Outcome;
import org.jiexu.transferin.domain.SheetReview;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.TransferIn;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.transferin.postgres.PaperStore;
import org.jiexu.transferin.postgres.SheetStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** 核对信息表 — the sheet is booked, or goes back to the old region (43号 Art. 9, R3.3, R3.9). */
@Component
public class ConfirmSheet {
    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final SheetStore sheets;
    private final PaperStore papers;
    private final CarryOut carryOut;
    private final Parking parking;
    private final BusinessClock clock;
    private final CrashPoints crashPoints;

    public ConfirmSheet(
            TransactionTemplate transaction,
            CaseStore cases,
            SheetStore sheets,
            PaperStore papers,
            CarryOut carryOut,
            Parking parking,
            BusinessClock clock,
            CrashPoints crashPoints) {
        this.transaction = transaction;
        this.cases = cases;
        this.sheets = sheets;
        this.papers = papers;
        this.carryOut = carryOut;
        this.parking = parking;
        this.clock = clock;
        this.crashPoints = crashPoints;
    }

    /**
     * A clerk has looked at that version, or at the newest one when he names none. What was typed from paper takes another
     * clerk than the one who typed it (R11.5).
     */
    public void confirm(CaseNumber number, @Nullable Integer version, String by) {
        transaction.executeWithoutResult(status -> {
            var file = cases.lock(number).orElseThrow(Problem::notFound);
            int looked = version == null ? versionOf(file) : version;
            if (file.state() instanceof State.Received) {
                // R5.3: a sheet that fails is returned with all coded reasons, never booked.
                var faults = faults(file);
                if (!faults.isEmpty()) {
                    throw Problem.conflict("SHEET_HAS_FAULTS", "信息表存在问题，不能登记，请退回转出地更正。")
                            .with(faults);
                }
            }
            requireOther(file, looked, by);
            act(file.because(List.of()), confirmation(file, looked));
        });
    }

    private void requireOther(CaseFile file, int version, String by) {
        if (!(file.state() instanceof State.Received)) {
            return;
        }
        papers.typist(file.number(), version).ifPresent(typist -> {
            if (typist.equals(by)) {
                throw Problem.conflict("SAME_PERSON", "纸质信息表由一人录入、另一人核对，录入人不能自行登记。");
            }
            papers.confirmed(file.number(), version, typist, by, clock.instant());
        });
    }

    /** A clerk sends that version back, for correction or for good; what the rules find is told in any case. */
    public void sendBack(CaseNumber number, @Nullable Integer version, List<CodedReason> reasons, boolean isFinal) {
        transaction.executeWithoutResult(status -> {
            var file = cases.lock(number).orElseThrow(Problem::notFound);
            int looked = version == null ? versionOf(file) : version;
            var all = new LinkedHashMap<String, CodedReason>();
            reasons.forEach(reason -> all.put(reason.code(), reason));
            faults(file).forEach(fault -> all.put(fault.code(), fault));
            if (all.isEmpty()) {
                throw Problem.field("reasons", "REQUIRED", "请至少填写一个退回原因。");
            }
            var told = List.copyOf(all.values());
            act(file.because(told), new Input.Return(looked, told, isFinal));
        });
    }

    /** R1.3: before the day on which the old coverage year has ended, the case is booked but not completed. */
    Input.Confirm confirmation(CaseFile file, int version) {
        var day = file.notBefore();
        return new Input.Confirm(
                version, clock.instant(), day == null || !clock.today().isBefore(day) ? null : day);
    }

    private void act(CaseFile file, Input input) {
        if (carryOut(file, input, null)) {
            parking.offerAgain(file.number().value());
        }
    }

    /** Confirms or returns inside the caller's transaction; false when that had been done before. */
    boolean carryOut(CaseFile file, Input input, @Nullable String cause) {
        return switch (TransferIn.on(file.state(), input)) {
            case Outcome.Moved moved -> {
                carryOut.move(file, moved, cause);
                crashPoints.hit("transfer-in.before-confirm-commit");
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        crashPoints.hit("transfer-in.after-confirm");
                    }
                });
                yield true;
            }
            case Outcome.AlreadyDone(var facts) -> {
                carryOut.note(file, facts, cause);
                yield false;
            }
            case Outcome.InConflict(var conflict) -> throw Problem.conflict(conflict.name(), conflict.words() + "。");
            case Outcome.NotFound() -> throw Problem.notFound();
            case Outcome.Rejected(var reason, var _) ->
                throw new IllegalStateException("parked a clerk's wish: " + reason);
        };
    }

    /** What the rules find in the sheet that waits; none when no sheet waits. */
    public List<CodedReason> faults(CaseFile file) {
        if (!(file.state() instanceof State.Received received)) {
            return List.of();
        }
        var sheet = sheets.find(file.number(), received.version()).orElseThrow();
        return SheetReview.faults(file, sheet, sheet.sealed().read());
    }

    private static int versionOf(CaseFile file) {
        return switch (file.state()) {
            case State.Received(int version, var _, var _) -> version;
            case State.Returned(int version, var _, var _) -> version;
            case State.YearRunning(int version, var _, var _) -> version;
            case State.Booked(int version, var _, var _) -> version;
            case State.Completed(int version, var _, var _) -> version;
            case State.Submitted _,
                    State.Incomplete _,
                    State.Waiting _,
                    State.Refused _,
                    State.Accepted _,
                    State.Withdrawing _,
                    State.Withdrawn _,
                    State.Declined _ -> 0;
        };
    }
}
