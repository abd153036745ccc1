package org.jiexu.settlement.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.settlement.ImportBalances;
import org.jiexu.settlement.JoinAccounts;
import org.jiexu.settlement.StopPayments;
import org.jiexu.settlement.domain.Account;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.Stop;
import org.jiexu.settlement.postgres.LedgerStore;
import org.jiexu.settlement.postgres.LedgerViews;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** 个人账户 — what the agency does with accounts, and what a person sees of the own one. */
@RestController
class AccountController {
    private static final int LONGEST_BATCH = 5_000;

    private final ServiceIdentity identity;
    private final LedgerStore ledger;
    private final LedgerViews views;
    private final ImportBalances importBalances;
    private final StopPayments stopPayments;
    private final JoinAccounts joinAccounts;

    AccountController(
            ServiceIdentity identity,
            LedgerStore ledger,
            LedgerViews views,
            ImportBalances importBalances,
            StopPayments stopPayments,
            JoinAccounts joinAccounts) {
        this.identity = identity;
        this.ledger = ledger;
        this.views = views;
        this.importBalances = importBalances;
        this.stopPayments = stopPayments;
        this.joinAccounts = joinAccounts;
    }

    record Import(
            @NotNull @Pattern(regexp = "[A-Za-z0-9._-]{1,64}")
            String batch,

            @NotNull @Size(max = LONGEST_BATCH) List<@Valid @NotNull ImportItem> items) {}

    record ImportItem(
            @NotNull PersonId person,
            @NotNull Fen amount,
            @Nullable Boolean frozen) {}

    record Freeze(@NotBlank @Size(max = 200) String reason, Stop.@Nullable Kind kind) {}

    record Unfreeze(@NotBlank @Size(max = 200) String reason) {}

    record AccountView(
            PersonId person,
            RegionCode region,
            Fen balance,
            Fen held,
            Fen free,
            boolean frozen,
            Stop.@Nullable Kind frozenAs,
            @Nullable String frozenReason,
            List<LedgerViews.Entry> postings) {}

    /** The sandbox's loader; a service's token opens no agency's door outside the sandbox. */
    @PostMapping("/api/v1/agency/{region}/accounts/import")
    ImportBalances.Result importBalances(
            @PathVariable RegionCode region, @Valid @RequestBody Import body, Caller caller) {
        caller.requireRole(Role.SERVICE);
        var items = body.items().stream().map(AccountController::item).toList();
        return importBalances.run(region, body.batch(), items, caller.subject());
    }

    @PostMapping("/api/v1/agency/{region}/accounts/{person}/freeze")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void freeze(
            @PathVariable RegionCode region,
            @PathVariable PersonId person,
            @Valid @RequestBody Freeze body,
            Caller caller) {
        requireStaff(region, caller.requireRole(Role.CLERK, Role.REVIEWER));
        var kind = body.kind() == null ? Stop.Kind.FROZEN : body.kind();
        stopPayments.freeze(new AccountKey.Personal(region, person), new Stop(kind, body.reason()), caller);
    }

    @PostMapping("/api/v1/agency/{region}/accounts/{person}/unfreeze")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unfreeze(
            @PathVariable RegionCode region,
            @PathVariable PersonId person,
            @Valid @RequestBody Unfreeze body,
            Caller caller) {
        requireStaff(region, caller.requireRole(Role.CLERK, Role.REVIEWER));
        stopPayments.unfreeze(new AccountKey.Personal(region, person), body.reason(), caller);
    }

    @GetMapping("/api/v1/agency/{region}/accounts/{person}")
    AccountView account(@PathVariable RegionCode region, @PathVariable PersonId person, Caller caller) {
        if (!caller.is(Role.AUDITOR, Role.SERVICE)) {
            requireStaff(region, caller);
        }
        var account = find(new AccountKey.Personal(region, person));
        return view(
                account,
                joinAccounts.now(region, person),
                account.stop() == null ? null : account.stop().note());
    }

    /** The note stays with the agency; the person learns that and as what the account is stopped. */
    @GetMapping("/api/v1/regions/{region}/persons/me/account")
    AccountView myAccount(@PathVariable RegionCode region, Caller caller) {
        caller.requireRole(Role.PERSON, Role.APP);
        var person = caller.person();
        if (person == null) {
            throw Problem.notFound();
        }
        return view(find(new AccountKey.Personal(region, person)), joinAccounts.now(region, person), null);
    }

    private Account find(AccountKey.Personal key) {
        if (!identity.hosts(key.ledger())) {
            throw Problem.notFound();
        }
        var now = joinAccounts.now(key.ledger(), key.person());
        return ledger.account(new AccountKey.Personal(key.ledger(), now)).orElseThrow(Problem::notFound);
    }

    private AccountView view(Account account, PersonId person, @Nullable String note) {
        return new AccountView(
                person,
                account.key().ledger(),
                account.balance(),
                account.held(),
                account.free(),
                account.stop() != null,
                account.stop() == null ? null : account.stop().kind(),
                note,
                views.latest(new AccountKey.Personal(account.key().ledger(), person)));
    }

    private static void requireStaff(RegionCode region, Caller caller) {
        if (!caller.mayActFor(region)) {
            throw Problem.notFound();
        }
    }

    private static ImportBalances.Item item(ImportItem item) {
        if (item.amount().compareTo(Fen.ZERO) < 0) {
            throw Problem.field("items.amount", "NEGATIVE_AMOUNT", "金额不能为负数。");
        }
        return new ImportBalances.Item(item.person(), item.amount(), Boolean.TRUE.equals(item.frozen()));
    }
}
