package org.jiexu.settlement.web;

import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.JoinAccounts;
import org.jiexu.settlement.domain.Account;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.postgres.LedgerStore;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * 余额查询 for the platform's services: to be shown, never to be decided by (ADR 0009). What a transfer moves is said by the
 * hold alone.
 */
@RestController
class BalanceController {
    private final ServiceIdentity identity;
    private final LedgerStore ledger;
    private final JoinAccounts joinAccounts;

    BalanceController(ServiceIdentity identity, LedgerStore ledger, JoinAccounts joinAccounts) {
        this.identity = identity;
        this.ledger = ledger;
        this.joinAccounts = joinAccounts;
    }

    /** 个人账户余额; who has no account has 0.00. */
    record BalanceView(Fen balance, Fen free, boolean stopped) {}

    @GetMapping("/internal/balances/{region}/{person}")
    BalanceView balance(@PathVariable RegionCode region, @PathVariable PersonId person) {
        if (!identity.hosts(region)) {
            throw Problem.notFound();
        }
        return ledger.account(new AccountKey.Personal(region, joinAccounts.now(region, person)))
                .map(BalanceController::view)
                .orElseGet(() -> new BalanceView(Fen.ZERO, Fen.ZERO, false));
    }

    private static BalanceView view(Account account) {
        return new BalanceView(account.balance(), account.free(), account.stop() != null);
    }
}
