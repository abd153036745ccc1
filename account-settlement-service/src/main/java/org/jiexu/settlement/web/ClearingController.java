package org.jiexu.settlement.web;

import static org.jiexu.settlement.web.ClearingViews.quarter;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.settlement.clearing.Clearers;
import org.jiexu.settlement.clearing.CloseTable;
import org.jiexu.settlement.clearing.GenerateTable;
import org.jiexu.settlement.clearing.PayDown;
import org.jiexu.settlement.clearing.ProveTable;
import org.jiexu.settlement.postgres.CentreStore;
import org.jiexu.settlement.postgres.ProofStore;
import org.jiexu.settlement.postgres.TableStore;
import org.jiexu.settlement.web.ClearingViews.DebtView;
import org.jiexu.settlement.web.ClearingViews.MissingView;
import org.jiexu.settlement.web.ClearingViews.PaymentView;
import org.jiexu.settlement.web.ClearingViews.QuarterView;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 清算中心 — the quarters of a province for its operators; auditors read. */
@RestController
@RequestMapping("/api/v1/operations/clearing/{province}")
class ClearingController {
    private final Clearers clearers;
    private final GenerateTable generateTable;
    private final CloseTable closeTable;
    private final PayDown payDown;
    private final ProveTable proveTable;
    private final TableStore tables;
    private final CentreStore centre;
    private final ProofStore proofs;
    private final ClearingViews views;

    ClearingController(
            Clearers clearers,
            GenerateTable generateTable,
            CloseTable closeTable,
            PayDown payDown,
            ProveTable proveTable,
            TableStore tables,
            CentreStore centre,
            ProofStore proofs,
            ClearingViews views) {
        this.clearers = clearers;
        this.generateTable = generateTable;
        this.closeTable = closeTable;
        this.payDown = payDown;
        this.proveTable = proveTable;
        this.tables = tables;
        this.centre = centre;
        this.proofs = proofs;
        this.views = views;
    }

    record Down(
            @NotNull RegionCode region,

            @NotNull @Pattern(regexp = "[A-Za-z0-9._-]{1,64}")
            String reference,

            @NotNull Fen amount) {}

    /** The latest first. */
    @GetMapping("/quarters")
    Page<QuarterView> quarters(@PathVariable RegionCode province, PageRequest page, Caller caller) {
        requireReader(province, caller);
        var all = new ArrayList<QuarterView>();
        tables.all(province).forEach(made -> all.add(views.made(province, made)));
        generateTable.waiting(province).forEach(waiting -> all.add(views.waiting(waiting)));
        all.sort(Comparator.comparing(QuarterView::quarter).reversed());
        return ClearingViews.page(page, all, view -> view.quarter().toString());
    }

    @GetMapping("/quarters/{quarter}")
    QuarterView quarterView(@PathVariable RegionCode province, @PathVariable String quarter, Caller caller) {
        requireReader(province, caller);
        return view(province, quarter(quarter));
    }

    /** The exact bytes that the digest is of. */
    @GetMapping("/quarters/{quarter}/table.json")
    ResponseEntity<byte[]> json(@PathVariable RegionCode province, @PathVariable String quarter, Caller caller) {
        requireReader(province, caller);
        return exact(tables.json(province, quarter(quarter)), MediaType.APPLICATION_JSON, province, quarter + ".json");
    }

    @GetMapping("/quarters/{quarter}/table.csv")
    ResponseEntity<byte[]> csv(@PathVariable RegionCode province, @PathVariable String quarter, Caller caller) {
        requireReader(province, caller);
        var type = new MediaType("text", "csv", StandardCharsets.UTF_8);
        return exact(tables.csv(province, quarter(quarter)), type, province, quarter + ".csv");
    }

    @GetMapping("/quarters/{quarter}/missing")
    Page<MissingView> missing(
            @PathVariable RegionCode province, @PathVariable String quarter, PageRequest page, Caller caller) {
        requireReader(province, caller);
        var missing = waiting(province, quarter(quarter))
                .orElseThrow(Problem::notFound)
                .missing();
        return ClearingViews.page(
                page,
                missing.stream().map(MissingView::of).toList(),
                view -> view.region().value());
    }

    /** Of one region, whichever side it stands on, or of all. */
    @GetMapping("/quarters/{quarter}/debts")
    Page<DebtView> debts(
            @PathVariable RegionCode province,
            @PathVariable String quarter,
            @RequestParam(required = false) @Nullable RegionCode region,
            PageRequest page,
            Caller caller) {
        requireReader(province, caller);
        var after = page.after() == null ? "" : page.after();
        var fetched = centre.debts(province, quarter(quarter), Optional.ofNullable(region), after, page.limitPlusOne());
        return Page.of(page, fetched, debt -> debt.debt()).map(DebtView::of);
    }

    @PostMapping("/quarters/{quarter}/preparation")
    QuarterView prepare(@PathVariable RegionCode province, @PathVariable String quarter, Caller caller) {
        requireStaff(province, caller.requireRole(Role.CLERK, Role.OPERATOR));
        closeTable.prepare(province, quarter(quarter), caller);
        return view(province, quarter(quarter));
    }

    @PostMapping("/quarters/{quarter}/approval")
    QuarterView approve(@PathVariable RegionCode province, @PathVariable String quarter, Caller caller) {
        requireStaff(province, caller.requireRole(Role.REVIEWER, Role.OPERATOR));
        closeTable.approve(province, quarter(quarter), caller);
        return view(province, quarter(quarter));
    }

    @GetMapping("/quarters/{quarter}/payments")
    Page<PaymentView> payments(
            @PathVariable RegionCode province, @PathVariable String quarter, PageRequest page, Caller caller) {
        requireReader(province, caller);
        return ClearingViews.page(
                page, views.payments(province, quarter(quarter)), view -> view.direction() + "." + view.region());
    }

    @PostMapping("/quarters/{quarter}/payments-down")
    PaymentView payDown(
            @PathVariable RegionCode province,
            @PathVariable String quarter,
            @Valid @RequestBody Down body,
            Caller caller) {
        requireStaff(province, caller.requireRole(Role.CLERK, Role.OPERATOR));
        payDown.prepare(province, quarter(quarter), body.region(), body.amount(), body.reference(), caller);
        return views.paymentDown(province, quarter(quarter), body.region());
    }

    /** By another person, who enters the same from the paper. */
    @PostMapping("/quarters/{quarter}/payments-down/approval")
    PaymentView approvePayDown(
            @PathVariable RegionCode province,
            @PathVariable String quarter,
            @Valid @RequestBody Down body,
            Caller caller) {
        requireStaff(province, caller.requireRole(Role.REVIEWER, Role.OPERATOR));
        payDown.approve(province, quarter(quarter), body.region(), body.amount(), body.reference(), caller);
        return views.paymentDown(province, quarter(quarter), body.region());
    }

    @GetMapping("/quarters/{quarter}/proof")
    ProofStore.Proof proof(@PathVariable RegionCode province, @PathVariable String quarter, Caller caller) {
        requireReader(province, caller);
        return proofs.latest(province, quarter(quarter)).orElseThrow(Problem::notFound);
    }

    @PostMapping({"/quarters/{quarter}/proof", "/{quarter}/proof"})
    ProofStore.Proof prove(@PathVariable RegionCode province, @PathVariable String quarter, Caller caller) {
        requireStaff(province, caller.requireRole(Role.CLERK, Role.REVIEWER, Role.OPERATOR));
        return proveTable.runFor(province, quarter(quarter), caller.subject());
    }

    private QuarterView view(RegionCode province, Quarter quarter) {
        return tables.made(province, quarter)
                .map(made -> views.made(province, made))
                .or(() -> waiting(province, quarter).map(views::waiting))
                .orElseThrow(Problem::notFound);
    }

    private Optional<GenerateTable.Waiting> waiting(RegionCode province, Quarter quarter) {
        return generateTable.waiting(province).stream()
                .filter(waiting -> waiting.quarter().equals(quarter))
                .findFirst();
    }

    private static ResponseEntity<byte[]> exact(
            Optional<Bytes> bytes, MediaType type, RegionCode province, String name) {
        var disposition = ContentDisposition.attachment()
                .filename("clearing-" + province + "-" + name)
                .build();
        return ResponseEntity.ok()
                .contentType(type)
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
                .body(bytes.orElseThrow(Problem::notFound).toArray());
    }

    private void requireReader(RegionCode province, Caller caller) {
        if (!clearers.isCentre(province) || !(caller.is(Role.AUDITOR) || caller.mayActFor(province))) {
            throw Problem.notFound();
        }
    }

    private void requireStaff(RegionCode province, Caller caller) {
        if (!clearers.isCentre(province) || !caller.mayActFor(province)) {
            throw Problem.notFound();
        }
    }
}
