package org.jiexu.settlement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jiexu.bus.client.KnownPersonsRequest;
import org.jiexu.bus.client.RegistryClient;
import org.jiexu.bus.client.RegistryRefused;
import org.jiexu.bus.client.RegistryUnavailable;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.FieldProblem;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.domain.BalanceBatch;
import org.jiexu.settlement.postgres.BalanceBatchStore;
import org.jiexu.settlement.postgres.BalanceBatchStore.Batch;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 余额批次经办 — the first person's half of what enters accounts by hand (R11.5): the control total agrees, no ceiling is
 * passed, every person and account exists. Then it is kept; no account has changed yet.
 */
@Component
public class PrepareBalances {
    private static final int ASKED_AT_ONCE = 1000;
    private static final int FAULTS_TOLD = 200;

    private final BalanceBatchStore batches;
    private final RegistryClient registry;
    private final Policies policies;
    private final ServiceIdentity identity;
    private final BusinessClock clock;
    private final TransactionTemplate transaction;

    PrepareBalances(
            BalanceBatchStore batches,
            RegistryClient registry,
            Policies policies,
            ServiceIdentity identity,
            BusinessClock clock,
            TransactionTemplate transaction) {
        this.batches = batches;
        this.registry = registry;
        this.policies = policies;
        this.identity = identity;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** 控制总数 — what the submitter has counted elsewhere. */
    public record ControlTotal(int lines, Fen sum) {}

    /** The batch as kept; the same content again is the same batch, whatever became of it. */
    public Batch run(RegionCode region, BalanceBatch batch, ControlTotal stated, String by) {
        if (!identity.hosts(region)) {
            throw Problem.notFound();
        }
        requireTotal(batch, stated);
        var known = batches.find(region, batch.name());
        if (known.isPresent()) {
            return theSame(known.get(), batch);
        }
        requireWithinCeilings(region, batch);
        requireExisting(region, batch);
        return Objects.requireNonNull(transaction.execute(_ -> {
            batches.insert(region, batch, by, clock.instant());
            return theSame(batches.find(region, batch.name()).orElseThrow(), batch);
        }));
    }

    private static void requireTotal(BalanceBatch batch, ControlTotal stated) {
        if (batch.lines().size() != stated.lines() || !batch.total().equals(stated.sum())) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "CONTROL_TOTAL_DIFFERS", "申报的笔数或合计金额与明细不一致，请核对后重新提交。")
                    .with("lines", batch.lines().size())
                    .with("sum", batch.total().yuan());
        }
    }

    private static Batch theSame(Batch known, BalanceBatch batch) {
        if (!known.digest().equals(batch.digest()) || !known.reason().equals(batch.reason())) {
            throw Problem.conflict("BATCH_DIFFERS", "该批次号曾以不同内容提交，请更换批次号。");
        }
        return known;
    }

    private void requireWithinCeilings(RegionCode region, BalanceBatch batch) {
        var most = Fen.parse(policies.text(Policies.HAND_BATCH_CEILING, region));
        if (batch.moved().compareTo(most) > 0) {
            throw new Problem(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "OVER_BATCH_CEILING",
                            "本批次合计金额超过本统筹区手工记账的单批上限，请拆分或由业务系统办理。")
                    .with("ceiling", most.yuan());
        }
        var each = Fen.parse(policies.text(Policies.HAND_PERSON_CEILING, region));
        var moved = batch.movedByPerson();
        refuse(faults(batch, line -> {
            var sum = moved.getOrDefault(line.person(), Fen.ZERO);
            return sum.compareTo(each) > 0
                    ? new Fault("amount", "OVER_PERSON_CEILING", "该人员的金额超过本统筹区手工记账的单人上限" + each.yuan() + "元。")
                    : null;
        }));
    }

    /** R11.4, R11.5: money is for persons who exist, and for accounts that exist or that the employee scheme opens. */
    private void requireExisting(RegionCode region, BalanceBatch batch) {
        var persons =
                batch.lines().stream().map(BalanceBatch.Line::person).distinct().toList();
        var withAccount = batches.withAccount(region, persons);
        var known = new HashSet<PersonId>();
        var employees = new HashSet<PersonId>();
        for (int from = 0; from < persons.size(); from += ASKED_AT_ONCE) {
            ask(region, persons.subList(from, Math.min(from + ASKED_AT_ONCE, persons.size())), known, employees);
        }
        refuse(faults(batch, line -> {
            if (!known.contains(line.person())) {
                return new Fault("person", "UNKNOWN_PERSON", "没有该人员，请核对人员编号。");
            }
            if (withAccount.contains(line.person())) {
                return null;
            }
            if (!employees.contains(line.person())) {
                return new Fault("person", "NO_ACCOUNT", "该人员在本统筹区没有职工医保关系，没有个人账户。");
            }
            return line.amount().isPositive() ? null : new Fault("amount", "NOTHING_TO_TAKE", "该人员在本统筹区尚无个人账户，不能扣减。");
        }));
    }

    private void ask(RegionCode region, List<PersonId> some, Set<PersonId> known, Set<PersonId> employees) {
        try {
            var answer = registry.knownPersons(new KnownPersonsRequest(region, some));
            known.addAll(answer.known());
            employees.addAll(answer.employees());
        } catch (RegistryUnavailable | RegistryRefused e) {
            throw Problem.unavailable("REGISTRY_UNAVAILABLE", "暂时无法核对人员，请稍后再试。");
        }
    }

    private record Fault(String field, String code, String words) {}

    private interface Judge {
        @Nullable
        Fault of(BalanceBatch.Line line);
    }

    private static List<FieldProblem> faults(BalanceBatch batch, Judge judge) {
        var faults = new ArrayList<FieldProblem>();
        for (int i = 0; i < batch.lines().size() && faults.size() < FAULTS_TOLD; i++) {
            var fault = judge.of(batch.lines().get(i));
            if (fault != null) {
                faults.add(new FieldProblem("items[" + i + "]." + fault.field(), fault.code(), fault.words()));
            }
        }
        return faults;
    }

    private static void refuse(List<FieldProblem> faults) {
        if (!faults.isEmpty()) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "BATCH_HAS_FAULTS", "批次中有不能办理的明细，整批未受理，请更正后重新提交。")
                    .withErrors(faults);
        }
    }
}
