package org.jiexu.settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jiexu.bus.client.OldRecordsAnswer;
import org.jiexu.bus.client.OldRecordsAnswer.Standing;
import org.jiexu.bus.client.OldRecordsRequest;
import org.jiexu.bus.client.RegistryClient;
import org.jiexu.bus.client.RegistryRefused;
import org.jiexu.bus.client.RegistryUnavailable;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.journal.UuidV7;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Idempotency;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.settlement.domain.Account;
import org.jiexu.settlement.domain.Ledger;
import org.jiexu.settlement.domain.PayOut;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.settlement.postgres.LedgerStore;
import org.jiexu.settlement.postgres.PayOutStore;
import org.jiexu.wire.contract.PayOutProgressedV1;
import org.jiexu.wire.contract.PayOutStep;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 余额提取 — the person asks for what stayed on the account (R2.10); a clerk prepares it, another person approves it. Only where
 * the relationship has ended and the region's dated policy pays out; never what is stopped or held, never more than is free.
 */
@Component
public class PayOutWhatStays {
    private static final CodedReason NOT_OFFERED =
            new CodedReason("PAY_OUT_NOT_OFFERED", "该统筹区不办理留存余额的提取", "在新的参保地参加职工医保期间，可以再次申请转移，把余额划转过去");
    private static final CodedReason NOT_ENDED =
            new CodedReason("RELATIONSHIP_NOT_ENDED", "在该统筹区的职工医保关系没有终止", "关系转移办结后，留存的余额才可以申请提取");
    private static final CodedReason NOTHING_LEFT = new CodedReason("NOTHING_LEFT", "个人账户没有可以提取的余额", "不需要办理");

    private final TransactionTemplate transaction;
    private final PayOutStore payOuts;
    private final LedgerStore ledger;
    private final JoinAccounts joinAccounts;
    private final RegistryClient registry;
    private final Policies policies;
    private final Outbox outbox;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    PayOutWhatStays(
            TransactionTemplate transaction,
            PayOutStore payOuts,
            LedgerStore ledger,
            JoinAccounts joinAccounts,
            RegistryClient registry,
            Policies policies,
            Outbox outbox,
            ServiceIdentity identity,
            BusinessClock clock) {
        this.transaction = transaction;
        this.payOuts = payOuts;
        this.ledger = ledger;
        this.joinAccounts = joinAccounts;
        this.registry = registry;
        this.policies = policies;
        this.outbox = outbox;
        this.identity = identity;
        this.clock = clock;
    }

    /** Refused with every reason at once; {@code location} names where it is asked for. */
    public PayOut ask(OldRecordsRequest about, Caller by, Function<UUID, String> location) {
        var region = about.region();
        var found = found(about);
        var person = found.person();
        return result(transaction.execute(_ -> {
            requirePayable(region, person, found.here());
            var asked = new PayOut(
                    UuidV7.next(),
                    region,
                    person,
                    PayOutStep.ASKED,
                    by.is(Role.CLERK),
                    by.subject(),
                    clock.instant(),
                    Fen.ZERO,
                    null,
                    null);
            if (!payOuts.insert(asked)) {
                throw Problem.conflict("PAY_OUT_OPEN", "已有在办的余额提取申请，请等待办理结果。");
            }
            tell(asked, PayOutStep.ASKED, Fen.ZERO, null);
            Idempotency.produced(location.apply(asked.id()));
            return asked;
        }));
    }

    /** The clerk's half: all that is free now. Prepared by somebody before: that stands. */
    public PayOut prepare(RegionCode region, UUID id, Caller clerk) {
        var standing = standing(find(region, id));
        return result(transaction.execute(_ -> {
            var before = lock(region, id);
            if (before.state() == PayOutStep.ASKED) {
                var amount = requirePayable(region, before.person(), standing);
                payOuts.prepare(id, amount, clerk.subject(), clock.instant());
                tell(before, PayOutStep.PREPARED, amount, null);
            } else if (before.state() != PayOutStep.PREPARED) {
                throw ended();
            }
            return lock(region, id);
        }));
    }

    /** The reviewer's half: the money leaves the account. Once. */
    public PayOut approve(RegionCode region, UUID id, Caller reviewer) {
        var standing = standing(find(region, id));
        return result(transaction.execute(_ -> {
            var before = lock(region, id);
            switch (before.state()) {
                case PAID -> {}
                case REFUSED -> throw ended();
                case ASKED -> throw Problem.conflict("NOT_PREPARED", "该笔余额提取尚未经办，不能复核。");
                case PREPARED -> pay(before, standing, reviewer);
            }
            return lock(region, id);
        }));
    }

    private void pay(PayOut prepared, @Nullable Standing standing, Caller reviewer) {
        if (reviewer.subject().equals(prepared.preparedBy())) {
            throw Problem.conflict("SAME_PERSON", "经办与复核不能为同一人。");
        }
        if (standing != Standing.TERMINATED) {
            throw refused(List.of(NOT_ENDED));
        }
        var now = clock.instant();
        payOuts.pay(prepared.id(), reviewer.subject(), now);
        var person = joinAccounts.now(prepared.region(), prepared.person());
        var posting = Posting.payOutLeft(prepared.id(), prepared.region(), person, prepared.amount());
        if (ledger.post(posting, now) instanceof Ledger.Answer.Refused(var _, var refusal)) {
            throw Problem.conflict("ACCOUNT_CANNOT_PAY", "个人账户余额不足、已止付或已冻结，不能支付。")
                    .with("refusal", refusal.name());
        }
        tell(prepared, PayOutStep.PAID, prepared.amount(), null);
    }

    /** By either of the two; nothing has been paid. */
    public PayOut refuse(RegionCode region, UUID id, String reason, Caller by) {
        return result(transaction.execute(_ -> {
            var before = lock(region, id);
            if (before.state() == PayOutStep.PAID) {
                throw ended();
            }
            if (before.isOpen()) {
                payOuts.refuse(id, reason, by.subject(), clock.instant());
                tell(before, PayOutStep.REFUSED, Fen.ZERO, reason);
            }
            return lock(region, id);
        }));
    }

    public Optional<PayOut> find(UUID id) {
        return payOuts.find(id).filter(found -> identity.hosts(found.region()));
    }

    /** The free balance; 422 with every reason for which it cannot be paid out. */
    private Fen requirePayable(RegionCode region, PersonId person, @Nullable Standing standing) {
        var reasons = new ArrayList<CodedReason>();
        var free = Fen.ZERO;
        if (!policies.paysOutWhatStays(region)) {
            reasons.add(NOT_OFFERED);
        }
        if (standing != Standing.TERMINATED) {
            reasons.add(NOT_ENDED);
        }
        switch (joinAccounts.standing(region, joinAccounts.now(region, person))) {
            case Account.Standing.Free(var amount) -> free = amount;
            case Account.Standing.Nothing _ -> reasons.add(NOTHING_LEFT);
            case Account.Standing.NotPossible(var reason) -> reasons.add(reason);
        }
        if (!reasons.isEmpty()) {
            throw refused(reasons);
        }
        return free;
    }

    private static Problem refused(List<CodedReason> reasons) {
        return new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "PAY_OUT_REFUSED", "余额提取申请不能办理，原因见下。").with(reasons);
    }

    private static Problem ended() {
        return Problem.conflict("PAY_OUT_ENDED", "该笔余额提取已经办结，不能再变动。");
    }

    /** How the person stands there now. No transaction is open. */
    private @Nullable Standing standing(PayOut payOut) {
        return found(OldRecordsRequest.of(payOut.region(), payOut.person())).here();
    }

    private OldRecordsAnswer found(OldRecordsRequest about) {
        try {
            return registry.oldRecords(about);
        } catch (RegistryRefused e) {
            throw new Problem(HttpStatus.NOT_FOUND, "NOT_FOUND", "没有查到该人员，或者姓名与证件号码不一致。");
        } catch (RegistryUnavailable e) {
            throw Problem.unavailable("REGISTRY_UNAVAILABLE", "参保登记系统暂时无法查询，请稍后再试。");
        }
    }

    private PayOut find(RegionCode region, UUID id) {
        return find(id).filter(found -> found.region().equals(region)).orElseThrow(Problem::notFound);
    }

    private PayOut lock(RegionCode region, UUID id) {
        return payOuts.lock(id).filter(found -> found.region().equals(region)).orElseThrow(Problem::notFound);
    }

    private void tell(PayOut of, PayOutStep step, Fen amount, @Nullable String refusal) {
        outbox.append(Event.participation(
                identity.source(of.region()),
                of.region(),
                of.person().value(),
                new PayOutProgressedV1(
                        of.id().toString(),
                        of.person(),
                        of.region(),
                        step,
                        amount,
                        clock.instant(),
                        refusal == null ? null : List.of(new CodedReason("REFUSED_BY_AGENCY", refusal, "")))));
    }

    private static PayOut result(@Nullable PayOut payOut) {
        if (payOut == null) {
            throw new IllegalStateException("a transaction without a result");
        }
        return payOut;
    }
}
