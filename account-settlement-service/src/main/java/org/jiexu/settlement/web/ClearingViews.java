package org.jiexu.settlement.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jiexu.bus.time.DeadlineView;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.clearing.GenerateTable;
import org.jiexu.settlement.domain.clearing.Debts;
import org.jiexu.settlement.postgres.CentreStore;
import org.jiexu.settlement.postgres.PaymentStepStore;
import org.jiexu.settlement.postgres.PaymentStore;
import org.jiexu.settlement.postgres.PaymentStore.Direction;
import org.jiexu.settlement.postgres.PaymentStore.Due;
import org.jiexu.settlement.postgres.ProofStore;
import org.jiexu.settlement.postgres.TableStore;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 清算展示 — how quarters, payments and debts are shown. */
@Component
class ClearingViews {
    private final TableStore tables;
    private final PaymentStore payments;
    private final PaymentStepStore steps;
    private final ProofStore proofs;
    private final Deadlines deadlines;

    /** 季度状态 — how far a quarter is at the centre. */
    enum State {
        /** 本季进行中. */
        RUNNING,
        /** 待生成 — over, and waiting for its day or for regions. */
        WAITING,
        /** 已生成. */
        GENERATED,
        /** 已经办. */
        PREPARED,
        /** 已结账 — approved by the second person. */
        CLOSED,
        /** 已清算 — everything is paid up and down. */
        SETTLED
    }

    /** Without a table: the day from which one is made, and for how many regions it waits. */
    record QuarterView(
            Quarter quarter,
            State state,
            @Nullable LocalDate generateOn,
            @Nullable Integer missing,
            @Nullable TableView table) {}

    record TableView(
            int debts,
            Fen total,
            String digest,
            String csvDigest,
            Instant generatedAt,
            LocalDate payUpBy,
            int notPaidUp,
            @Nullable LocalDate payDownBy,
            int notPaidDown,
            TableStore.@Nullable Closing closing,
            @Nullable Boolean proven) {}

    /** {@code reason} is NOT_STATED, or DIFFERS where the region's word and the debts held here do not agree. */
    record MissingView(
            RegionCode region,
            String reason,
            @Nullable Integer statedDebts,
            @Nullable Fen statedAmount,
            int heldDebts,
            Fen heldAmount) {
        static MissingView of(CentreStore.Missing missing) {
            var stated = missing.stated();
            return new MissingView(
                    missing.region(),
                    stated == null ? "NOT_STATED" : "DIFFERS",
                    stated == null ? null : stated.debts(),
                    stated == null ? null : stated.amount(),
                    missing.held().debts(),
                    missing.held().amount());
        }
    }

    /**
     * {@code state} is PAID, DUE or, for a payment down, PREPARED, and WAITING before all have paid up; {@code step} is the
     * centre's own registration of a payment down.
     */
    record PaymentView(
            RegionCode region,
            Direction direction,
            int debts,
            Fen amount,
            String state,
            @Nullable LocalDate dueOn,
            @Nullable String reference,
            @Nullable Instant paidAt,
            PaymentStepStore.@Nullable Step step) {}

    record DebtView(
            String debt,
            RemittanceNumber remittance,
            RegionCode debtor,
            RegionCode creditor,
            Fen amount,
            Instant bookedAt,
            @Nullable String corrects) {
        static DebtView of(DebtRecordedV1 debt) {
            return new DebtView(
                    debt.debt(),
                    debt.remittance(),
                    debt.debtor(),
                    debt.creditor(),
                    debt.amount(),
                    debt.bookedAt(),
                    debt.corrects());
        }
    }

    ClearingViews(
            TableStore tables, PaymentStore payments, PaymentStepStore steps, ProofStore proofs, Deadlines deadlines) {
        this.tables = tables;
        this.payments = payments;
        this.steps = steps;
        this.proofs = proofs;
        this.deadlines = deadlines;
    }

    QuarterView waiting(GenerateTable.Waiting waiting) {
        return new QuarterView(
                waiting.quarter(),
                waiting.over() ? State.WAITING : State.RUNNING,
                waiting.generateOn(),
                waiting.missing().size(),
                null);
    }

    QuarterView made(RegionCode province, TableStore.Made made) {
        var due = payments.due(province, made.quarter());
        int notUp = unpaid(due, Direction.UP);
        int notDown = unpaid(due, Direction.DOWN);
        var proven = proofs.latest(province, made.quarter()).map(ProofStore.Proof::agrees);
        var table = new TableView(
                made.debts(),
                made.total(),
                made.digest(),
                made.csvDigest(),
                made.generatedAt(),
                made.payUpBy(),
                notUp,
                payDownBy(province, made.quarter()),
                notDown,
                made.closing(),
                proven.orElse(null));
        return new QuarterView(made.quarter(), state(made, notUp + notDown), null, null, table);
    }

    private static State state(TableStore.Made made, int unpaid) {
        if (made.isClosed()) {
            return unpaid == 0 ? State.SETTLED : State.CLOSED;
        }
        return made.closing() == null ? State.GENERATED : State.PREPARED;
    }

    private static int unpaid(List<Due> all, Direction direction) {
        return (int) all.stream()
                .filter(due -> due.direction() == direction && !due.isPaid())
                .count();
    }

    List<PaymentView> payments(RegionCode province, Quarter quarter) {
        var made = tables.made(province, quarter).orElseThrow(Problem::notFound);
        var payDownBy = payDownBy(province, quarter);
        return payments.due(province, quarter).stream()
                .map(due -> {
                    var dueOn = due.direction() == Direction.UP ? made.payUpBy() : payDownBy;
                    var step = step(quarter, due);
                    return new PaymentView(
                            due.region(),
                            due.direction(),
                            due.debts(),
                            due.amount(),
                            state(due, dueOn, step),
                            dueOn,
                            due.reference(),
                            due.paidAt(),
                            step);
                })
                .toList();
    }

    PaymentView paymentDown(RegionCode province, Quarter quarter, RegionCode region) {
        return payments(province, quarter).stream()
                .filter(view ->
                        view.direction() == Direction.DOWN && view.region().equals(region))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    private PaymentStepStore.@Nullable Step step(Quarter quarter, Due due) {
        return due.direction() == Direction.UP
                ? null
                : steps.step(new PaymentStepStore.Payment(due.region(), quarter, Direction.DOWN))
                        .orElse(null);
    }

    private static String state(Due due, @Nullable LocalDate dueOn, PaymentStepStore.@Nullable Step step) {
        if (due.isPaid()) {
            return "PAID";
        }
        return step != null ? "PREPARED" : dueOn == null ? "WAITING" : "DUE";
    }

    private @Nullable LocalDate payDownBy(RegionCode province, Quarter quarter) {
        return deadlines.of(Debts.subject(province, quarter)).stream()
                .filter(deadline -> deadline.kind() == DeadlineKind.PAY_DOWN)
                .map(DeadlineView::dueOn)
                .findFirst()
                .orElse(null);
    }

    /** The page of a list that is at hand as a whole; a position that is not in it begins anew. */
    static <T> Page<T> page(PageRequest request, List<T> all, Function<T, String> position) {
        int from = 0;
        for (int i = 0; i < all.size(); i++) {
            if (position.apply(all.get(i)).equals(request.after())) {
                from = i + 1;
            }
        }
        int to = Math.min(all.size(), from + request.limitPlusOne());
        return Page.of(request, all.subList(from, to), position);
    }

    /** What is not the form of a quarter does not exist. */
    static Quarter quarter(String text) {
        try {
            return Quarter.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound();
        }
    }
}
