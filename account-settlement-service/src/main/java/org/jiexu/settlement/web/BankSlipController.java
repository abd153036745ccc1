package org.jiexu.settlement.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Creates;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.settlement.RegisterSlip;
import org.jiexu.settlement.postgres.SlipStore;
import org.jiexu.settlement.postgres.SlipStore.Slip;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** 银行回单 — money that came by the bank from regions outside the platform (R3.7). */
@RestController
class BankSlipController {
    private final ServiceIdentity identity;
    private final RegisterSlip registerSlip;
    private final SlipStore slips;

    BankSlipController(ServiceIdentity identity, RegisterSlip registerSlip, SlipStore slips) {
        this.identity = identity;
        this.registerSlip = registerSlip;
        this.slips = slips;
    }

    record SlipRequest(
            @NotNull @Pattern(regexp = "[A-Za-z0-9-]{1,64}") String slip,

            @NotNull CaseNumber number,
            @NotNull RegionCode from,
            @NotNull Fen amount) {}

    /** {@code place} says what became of the money: PREPARED (not approved, no money yet), HERE, CREDITED, SUSPENDED, SENT_BACK or MATCHED. */
    record SlipView(
            String slip,
            CaseNumber number,
            @Nullable RemittanceNumber remittance,
            RegionCode from,
            Fen amount,
            String place,
            String registeredBy,
            Instant registeredAt,
            @Nullable String approvedBy,
            @Nullable Instant approvedAt) {
        static SlipView of(Slip slip) {
            return new SlipView(
                    slip.slip(),
                    slip.number(),
                    slip.remittance(),
                    slip.from(),
                    slip.amount(),
                    slip.place(),
                    slip.registeredBy(),
                    slip.registeredAt(),
                    slip.approvedBy(),
                    slip.approvedAt());
        }
    }

    @Creates
    @PostMapping("/api/v1/agency/{region}/suspense/bank-slips")
    @ResponseStatus(HttpStatus.CREATED)
    SlipView register(@PathVariable RegionCode region, @Valid @RequestBody SlipRequest body, Caller caller) {
        staff(region, caller.requireRole(Role.CLERK));
        return SlipView.of(registerSlip.prepare(region, content(body), caller));
    }

    /** Another person enters the slip from the paper once more: now its money is booked (R11.5). */
    @PostMapping("/api/v1/agency/{region}/suspense/bank-slips/approval")
    SlipView approve(@PathVariable RegionCode region, @Valid @RequestBody SlipRequest body, Caller caller) {
        staff(region, caller.requireRole(Role.CLERK, Role.REVIEWER));
        return SlipView.of(registerSlip.approve(region, content(body), caller));
    }

    private static RegisterSlip.Content content(SlipRequest body) {
        return new RegisterSlip.Content(body.slip(), body.number(), body.from(), body.amount());
    }

    private static void staff(RegionCode region, Caller caller) {
        if (!caller.mayActFor(region)) {
            throw Problem.notFound();
        }
    }

    @GetMapping("/api/v1/agency/{region}/suspense/bank-slips")
    Page<SlipView> list(@PathVariable RegionCode region, PageRequest page, Caller caller) {
        if (!identity.hosts(region) || !(caller.is(Role.AUDITOR) || caller.mayActFor(region))) {
            throw Problem.notFound();
        }
        var found = slips.list(region, position(page), page.limitPlusOne());
        return Page.of(page, found, slip -> Long.toString(slip.position())).map(SlipView::of);
    }

    static long position(PageRequest page) {
        var after = page.after();
        if (after == null) {
            return 0;
        }
        if (!after.matches("[0-9]{1,18}")) {
            throw Problem.field("after", "INVALID_PARAMETER", "翻页位置无效。");
        }
        return Long.parseLong(after);
    }
}
