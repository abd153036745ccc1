package org.jiexu.settlement.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.settlement.DecideBalances;
import org.jiexu.settlement.PrepareBalances;
import org.jiexu.settlement.domain.BalanceBatch;
import org.jiexu.settlement.postgres.BalanceBatchStore;
import org.jiexu.settlement.postgres.BalanceBatchStore.Batch;
import org.jiexu.settlement.postgres.BalanceBatchStore.BatchLine;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** 余额批次 — balances and corrections by hand: one person prepares, another approves or refuses (R11.5). */
@RestController
@RequestMapping("/api/v1/agency/{region}/accounts/batches")
class BalanceBatchController {
    private static final int LONGEST_BATCH = 5_000;

    private final PrepareBalances prepareBalances;
    private final DecideBalances decideBalances;
    private final BalanceBatchStore batches;
    private final ServiceIdentity identity;

    BalanceBatchController(
            PrepareBalances prepareBalances,
            DecideBalances decideBalances,
            BalanceBatchStore batches,
            ServiceIdentity identity) {
        this.prepareBalances = prepareBalances;
        this.decideBalances = decideBalances;
        this.batches = batches;
        this.identity = identity;
    }

    /** {@code count} and {@code sum} are the control total, counted where the batch comes from. */
    record Preparation(
            @NotNull @Pattern(regexp = "[A-Za-z0-9._-]{1,64}")
            String batch,

            @NotBlank @Size(max = 200) String reason,
            @NotNull Integer count,
            @NotNull Fen sum,
            @NotNull @Size(min = 1, max = LONGEST_BATCH) List<@Valid @NotNull Item> items) {}

    /** A negative amount is taken from the account. */
    record Item(@NotNull PersonId person, @NotNull Fen amount) {}

    /** Names the content that was looked at. */
    record Approval(@NotBlank @Size(max = 64) String digest) {}

    record Refusal(@NotBlank @Size(max = 200) String reason) {}

    /** {@code state} is PREPARED, APPROVED, POSTED or REFUSED; {@code notPosted} lines say why. */
    record BatchView(
            String batch,
            String reason,
            int count,
            Fen sum,
            String digest,
            String state,
            String preparedBy,
            Instant preparedAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String refusal,
            int posted,
            int notPosted) {}

    /** {@code why} and {@code words} are null where nothing was in the way. */
    record LineView(
            int line,
            PersonId person,
            Fen amount,
            String outcome,
            @Nullable String why,
            @Nullable String words) {
        static LineView of(BatchLine line) {
            var why = line.why();
            return new LineView(
                    line.line(), line.person(), line.amount(), line.outcome(), why, why == null ? null : words(why));
        }

        private static String words(String why) {
            return switch (why) {
                case "STOPPED" -> "账户已止付，没有入账";
                case "INSUFFICIENT" -> "账户余额不足，没有入账";
                case "RESERVED" -> "余额已由在办业务冻结，没有入账";
                case "POSTED_BEFORE" -> "同一批次的这一行此前已经入账";
                case "BALANCE_BEYOND_SHEET" -> "入账后的余额超过信息表可以载明的金额，没有入账";
                default -> "没有入账，请联系运维人员";
            };
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    BatchView prepare(@PathVariable RegionCode region, @Valid @RequestBody Preparation body, Caller caller) {
        staff(region, caller.requireRole(Role.CLERK));
        var lines = body.items().stream().map(BalanceBatchController::line).toList();
        var stated = new PrepareBalances.ControlTotal(body.count(), body.sum());
        var batch = new BalanceBatch(body.batch(), body.reason(), lines);
        return view(prepareBalances.run(region, batch, stated, caller.subject()));
    }

    @PostMapping("/{batch}/approval")
    BatchView approve(
            @PathVariable RegionCode region,
            @PathVariable String batch,
            @Valid @RequestBody Approval body,
            Caller caller) {
        staff(region, caller.requireRole(Role.CLERK, Role.REVIEWER));
        return view(decideBalances.approve(region, batch, body.digest(), caller.subject()));
    }

    @PostMapping("/{batch}/refusal")
    BatchView refuse(
            @PathVariable RegionCode region,
            @PathVariable String batch,
            @Valid @RequestBody Refusal body,
            Caller caller) {
        staff(region, caller.requireRole(Role.CLERK, Role.REVIEWER));
        return view(decideBalances.refuse(region, batch, body.reason(), caller.subject()));
    }

    @GetMapping
    Page<BatchView> list(@PathVariable RegionCode region, PageRequest page, Caller caller) {
        readers(region, caller);
        var found = batches.list(region, BankSlipController.position(page), page.limitPlusOne());
        return Page.of(page, found, batch -> Long.toString(batch.position())).map(this::view);
    }

    @GetMapping("/{batch}")
    BatchView show(@PathVariable RegionCode region, @PathVariable String batch, Caller caller) {
        readers(region, caller);
        return view(batches.find(region, batch).orElseThrow(Problem::notFound));
    }

    @GetMapping("/{batch}/lines")
    Page<LineView> lines(@PathVariable RegionCode region, @PathVariable String batch, PageRequest page, Caller caller) {
        readers(region, caller);
        var found = batches.find(region, batch).orElseThrow(Problem::notFound);
        int after = (int) Math.min(BankSlipController.position(page), Integer.MAX_VALUE);
        return Page.of(
                        page,
                        batches.lines(region, found.name(), after, page.limitPlusOne()),
                        line -> Integer.toString(line.line()))
                .map(LineView::of);
    }

    private BatchView view(Batch batch) {
        return new BatchView(
                batch.name(),
                batch.reason(),
                batch.lines(),
                batch.total(),
                batch.digest(),
                batch.state().name(),
                batch.preparedBy(),
                batch.preparedAt(),
                batch.decidedBy(),
                batch.decidedAt(),
                batch.refusal(),
                batches.count(batch, "POSTED"),
                batches.count(batch, "NOT_POSTED"));
    }

    private static BalanceBatch.Line line(Item item) {
        if (item.amount().isZero()) {
            throw Problem.field("items.amount", "ZERO_AMOUNT", "金额不能为零。");
        }
        return new BalanceBatch.Line(item.person(), item.amount());
    }

    private static void staff(RegionCode region, Caller caller) {
        if (!caller.mayActFor(region)) {
            throw Problem.notFound();
        }
    }

    private void readers(RegionCode region, Caller caller) {
        if (!identity.hosts(region) || !(caller.is(Role.AUDITOR) || caller.mayActFor(region))) {
            throw Problem.notFound();
        }
    }
}
