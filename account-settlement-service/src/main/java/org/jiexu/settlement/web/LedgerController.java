package org.jiexu.settlement.web;

import java.util.Map;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.settlement.domain.AccountKind;
import org.jiexu.settlement.postgres.LedgerViews;
import org.jiexu.settlement.postgres.LedgerViews.RemittanceMoney;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** 账本汇总 — that a ledger sums to 0.00, and where the money of each remittance is. */
@RestController
class LedgerController {
    private final ServiceIdentity identity;
    private final LedgerViews views;

    LedgerController(ServiceIdentity identity, LedgerViews views) {
        this.identity = identity;
        this.views = views;
    }

    record Summary(
            RegionCode region, Fen sum, Fen held, Map<AccountKind, Fen> totals, Page<RemittanceMoney> remittances) {}

    @GetMapping("/api/v1/agency/{region}/ledger/summary")
    Summary summary(@PathVariable RegionCode region, PageRequest page, Caller caller) {
        if (!identity.hosts(region) || !(caller.is(Role.AUDITOR, Role.SERVICE) || caller.mayActFor(region))) {
            throw Problem.notFound();
        }
        var totals = views.totals(region);
        var after = page.after() == null ? "" : page.after();
        var fetched = views.remittances(region, after, page.limitPlusOne());
        return new Summary(
                region,
                totals.sum(),
                totals.held(),
                totals.byKind(),
                Page.of(page, fetched, RemittanceMoney::remittance));
    }
}
