package org.jiexu.settlement.web;

import static org.jiexu.settlement.web.ClearingViews.quarter;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.settlement.clearing.Clearers;
import org.jiexu.settlement.clearing.CorrectDebt;
import org.jiexu.settlement.clearing.PayUp;
import org.jiexu.settlement.postgres.BillStore;
import org.jiexu.settlement.postgres.BillStore.Bill;
import org.jiexu.settlement.postgres.DebtStore;
import org.jiexu.settlement.postgres.PaymentStepStore;
import org.jiexu.settlement.postgres.PaymentStore.Direction;
import org.jiexu.settlement.web.ClearingViews.DebtView;
import org.jiexu.wire.contract.ClearingPairV1;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 本地清算 — what a region owes and is owed by quarter, its payment up, and the taking back of what it advanced wrongly. */
@RestController
@RequestMapping("/api/v1/agency/{region}/clearing")
class RegionClearingController {
    private final Clearers clearers;
    private final PayUp payUp;
    private final CorrectDebt correctDebt;
    private final BillStore bills;
    private final PaymentStepStore steps;
    private final DebtStore debts;

    RegionClearingController(
            Clearers clearers,
            PayUp payUp,
            CorrectDebt correctDebt,
            BillStore bills,
            PaymentStepStore steps,
            DebtStore debts) {
        this.clearers = clearers;
        this.payUp = payUp;
        this.correctDebt = correctDebt;
        this.bills = bills;
        this.steps = steps;
        this.debts = debts;
    }

    record Up(
            @NotNull @Pattern(regexp = "[A-Za-z0-9._-]{1,64}")
            String reference,

            @NotNull Fen amount) {}

    record Correction(@NotBlank @Size(max = 200) String reason) {}

    /** With the region's part of the matrix, and who has registered its payment up, once somebody has. */
    record BillView(Bill bill, List<ClearingPairV1> pairs, PaymentStepStore.@Nullable Step payment) {}

    @GetMapping("/quarters")
    Page<Bill> quarters(@PathVariable RegionCode region, PageRequest page, Caller caller) {
        requireReader(region, caller);
        var after = page.after() == null ? "" : page.after();
        return Page.of(
                page,
                bills.bills(region, after, page.limitPlusOne()),
                bill -> bill.quarter().toString());
    }

    @GetMapping("/quarters/{quarter}")
    BillView bill(@PathVariable RegionCode region, @PathVariable String quarter, Caller caller) {
        requireReader(region, caller);
        return view(region, quarter);
    }

    @PostMapping("/quarters/{quarter}/payment-up")
    BillView payUp(
            @PathVariable RegionCode region, @PathVariable String quarter, @Valid @RequestBody Up body, Caller caller) {
        requireStaff(region, caller.requireRole(Role.CLERK, Role.OPERATOR));
        payUp.prepare(region, quarter(quarter), body.amount(), body.reference(), caller);
        return view(region, quarter);
    }

    /** By another person, who enters the same from the paper. */
    @PostMapping("/quarters/{quarter}/payment-up/approval")
    BillView approvePayUp(
            @PathVariable RegionCode region, @PathVariable String quarter, @Valid @RequestBody Up body, Caller caller) {
        requireStaff(region, caller.requireRole(Role.REVIEWER, Role.OPERATOR));
        payUp.approve(region, quarter(quarter), body.amount(), body.reference(), caller);
        return view(region, quarter);
    }

    /** What the region has advanced in that quarter, also while it runs. */
    @GetMapping("/quarters/{quarter}/debts")
    Page<DebtView> debts(
            @PathVariable RegionCode region, @PathVariable String quarter, PageRequest page, Caller caller) {
        requireReader(region, caller);
        var after = page.after() == null ? "" : page.after();
        var fetched = debts.debts(region, quarter(quarter), after, page.limitPlusOne());
        return Page.of(page, fetched, debt -> debt.debt()).map(DebtView::of);
    }

    @GetMapping("/debts/{debt}/correction")
    DebtStore.CorrectionStep correction(@PathVariable RegionCode region, @PathVariable String debt, Caller caller) {
        requireReader(region, caller);
        return correctDebt.step(region, debt);
    }

    @PostMapping("/debts/{debt}/correction")
    DebtStore.CorrectionStep prepare(
            @PathVariable RegionCode region,
            @PathVariable String debt,
            @Valid @RequestBody Correction body,
            Caller caller) {
        requireStaff(region, caller.requireRole(Role.CLERK));
        correctDebt.prepare(region, debt, body.reason(), caller);
        return correctDebt.step(region, debt);
    }

    @PostMapping("/debts/{debt}/correction/approval")
    DebtStore.CorrectionStep approve(@PathVariable RegionCode region, @PathVariable String debt, Caller caller) {
        requireStaff(region, caller.requireRole(Role.REVIEWER));
        correctDebt.approve(region, debt, caller);
        return correctDebt.step(region, debt);
    }

    private BillView view(RegionCode region, String quarter) {
        var bill = bills.bill(region, quarter(quarter)).orElseThrow(Problem::notFound);
        var step = steps.step(new PaymentStepStore.Payment(region, bill.quarter(), Direction.UP));
        return new BillView(bill, bills.pairs(region, bill.quarter()), step.orElse(null));
    }

    private void requireReader(RegionCode region, Caller caller) {
        if (!clearers.hosts(region) || !(caller.is(Role.AUDITOR) || caller.mayActFor(region))) {
            throw Problem.notFound();
        }
    }

    private void requireStaff(RegionCode region, Caller caller) {
        if (!clearers.hosts(region) || !caller.mayActFor(region)) {
            throw Problem.notFound();
        }
    }
}
