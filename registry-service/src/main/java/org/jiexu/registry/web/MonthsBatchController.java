package org.jiexu.registry.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.registry.DecideMonths;
import org.jiexu.registry.MonthsBatch;
import org.jiexu.registry.PrepareMonths;
import org.jiexu.registry.postgres.MonthsBatchStore;
import org.jiexu.registry.postgres.MonthsBatchStore.Batch;
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

/** 缴费批次 — paid months and inherited rows by hand: one person prepares, another approves or refuses (R11.5). */
@RestController
@RequestMapping("/api/v1/agency/{region}/participation/batches")
class MonthsBatchController {
    private final PrepareMonths prepareMonths;
    private final DecideMonths decideMonths;
    private final MonthsBatchStore batches;
    private final BusinessClock clock;

    MonthsBatchController(
            PrepareMonths prepareMonths, DecideMonths decideMonths, MonthsBatchStore batches, BusinessClock clock) {
        this.prepareMonths = prepareMonths;
        this.decideMonths = decideMonths;
        this.batches = batches;
        this.clock = clock;
    }

    /**
     * @param personCount with {@code monthCount} the control total, counted where the batch comes from
     * @param persons with their history
     * @param payments of persons who are registered
     */
    record Preparation(
            @NotNull @Pattern(regexp = "[A-Za-z0-9._-]{1,64}")
            String batch,

            @NotBlank @Size(max = 200) String reason,
            @NotNull Integer personCount,
            @NotNull Integer monthCount,

            @Nullable @Size(max = 1000) List<ParticipationController.@NotNull @Valid ImportedPerson> persons,

            @Nullable @Size(max = 1000) List<ParticipationController.@NotNull @Valid Payments> payments) {
        @Override
        public String toString() {
            return "Preparation[" + batch + "]";
        }
    }

    /** Names the content that was looked at. */
    record Approval(@NotBlank @Size(max = 64) String digest) {}

    record Refusal(@NotBlank @Size(max = 200) String reason) {}

    /** {@code state} is PREPARED, RECORDED or REFUSED. */
    record BatchView(
            String batch,
            String reason,
            int persons,
            int months,
            String digest,
            String state,
            String preparedBy,
            Instant preparedAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String refusal) {
        static BatchView of(Batch batch) {
            return new BatchView(
                    batch.name(),
                    batch.reason(),
                    batch.persons(),
                    batch.months(),
                    batch.digest(),
                    batch.state().name(),
                    batch.preparedBy(),
                    batch.preparedAt(),
                    batch.decidedBy(),
                    batch.decidedAt(),
                    batch.refusal());
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    BatchView prepare(Caller caller, @PathVariable RegionCode region, @Valid @RequestBody Preparation asked) {
        staff(caller, region);
        var persons = asked.persons() == null ? List.<ParticipationController.ImportedPerson>of() : asked.persons();
        var payments = asked.payments() == null ? List.<ParticipationController.Payments>of() : asked.payments();
        if (persons.isEmpty() && payments.isEmpty()) {
            throw Problem.field("persons", "REQUIRED", "批次中没有人员或缴费。");
        }
        if (persons.stream().anyMatch(person -> person.person() != null)) {
            throw Problem.field("persons.person", "NOT_YOURS_TO_GIVE", "人员编号由平台分配。");
        }
        var content = new MonthsBatch(
                persons.stream()
                        .map(person -> ParticipationController.imported(person, clock))
                        .toList(),
                payments.stream().map(ParticipationController::paying).toList());
        var stated = new PrepareMonths.ControlTotal(asked.personCount(), asked.monthCount());
        return BatchView.of(
                prepareMonths.run(region, asked.batch(), asked.reason(), content, stated, caller.subject()));
    }

    @PostMapping("/{batch}/approval")
    BatchView approve(
            Caller caller,
            @PathVariable RegionCode region,
            @PathVariable String batch,
            @Valid @RequestBody Approval asked) {
        staff(caller, region);
        return BatchView.of(decideMonths.approve(region, batch, asked.digest(), caller.subject()));
    }

    @PostMapping("/{batch}/refusal")
    BatchView refuse(
            Caller caller,
            @PathVariable RegionCode region,
            @PathVariable String batch,
            @Valid @RequestBody Refusal asked) {
        staff(caller, region);
        return BatchView.of(decideMonths.refuse(region, batch, asked.reason(), caller.subject()));
    }

    @GetMapping
    Page<BatchView> list(Caller caller, @PathVariable RegionCode region, PageRequest page) {
        readers(caller, region);
        var found = batches.list(region, position(page), page.limitPlusOne());
        return Page.of(page, found, batch -> Long.toString(batch.position())).map(BatchView::of);
    }

    @GetMapping("/{batch}")
    BatchView show(Caller caller, @PathVariable RegionCode region, @PathVariable String batch) {
        readers(caller, region);
        return BatchView.of(batches.find(region, batch).orElseThrow(Problem::notFound));
    }

    private static void staff(Caller caller, RegionCode region) {
        caller.requireRole(Role.CLERK, Role.REVIEWER).requireActingFor(region);
    }

    private static void readers(Caller caller, RegionCode region) {
        if (!caller.is(Role.AUDITOR)) {
            staff(caller, region);
        }
    }

    private static long position(PageRequest page) {
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
