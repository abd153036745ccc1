package org.jiexu.registry.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.registry.DecideImport;
import org.jiexu.registry.LoadImports;
import org.jiexu.registry.ReceiveImport;
import org.jiexu.registry.domain.ImportState;
import org.jiexu.registry.postgres.ImportErrorStore;
import org.jiexu.registry.postgres.ImportErrorStore.ImportError;
import org.jiexu.registry.postgres.ImportStore;
import org.jiexu.registry.postgres.ImportStore.Import;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * 批量导入 for a region's agency: a CSV of periods, taken in as a stream. The file's digest makes it one import however often
 * it is sent; no Idempotency-Key is needed.
 */
@RestController
@RequestMapping("/api/v1/agency/{region}/participation/imports")
class ImportsController {
    private final ReceiveImport receiveImport;
    private final ImportStore imports;
    private final ImportErrorStore errors;
    private final DecideImport decideImport;
    private final LoadImports loadImports;

    ImportsController(
            ReceiveImport receiveImport,
            ImportStore imports,
            ImportErrorStore errors,
            DecideImport decideImport,
            LoadImports loadImports) {
        this.receiveImport = receiveImport;
        this.decideImport = decideImport;
        this.loadImports = loadImports;
        this.imports = imports;
        this.errors = errors;
    }

    record ImportView(
            String id,
            ImportState state,
            String words,
            int lines,
            int checked,
            int loaded,
            int errors,
            int persons,
            int months,
            String receivedBy,
            Instant receivedAt,
            @Nullable String approvedBy,
            @Nullable String refusal,
            @Nullable String refusedBy,
            @Nullable Instant finishedAt) {
        static ImportView of(Import found) {
            return new ImportView(
                    found.id(),
                    found.state(),
                    found.state().words(),
                    found.lines(),
                    found.checked(),
                    found.loaded(),
                    found.errors(),
                    found.persons(),
                    found.months(),
                    found.receivedBy(),
                    found.receivedAt(),
                    found.approvedBy(),
                    found.refusal(),
                    found.refusedBy(),
                    found.finishedAt());
        }
    }

    /** 202 while it waits or runs, 200 when the same file has been loaded before. */
    @PostMapping(consumes = "text/csv")
    ResponseEntity<ImportView> receive(
            Caller caller,
            @PathVariable RegionCode region,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) String contentType,
            InputStream body)
            throws IOException {
        requireAgency(caller, region);
        var kept = receiveImport.receive(region, caller.subject(), contentType, body);
        return ResponseEntity.status(kept.state() == ImportState.LOADED ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(URI.create("/api/v1/agency/" + region + "/participation/imports/" + kept.id()))
                .body(ImportView.of(kept));
    }

    /** {@code persons} and {@code months} are the control total: counted where the file comes from. */
    record Approval(@NotNull Integer persons, @NotNull Integer months) {}

    record Refusal(@NotBlank @Size(max = 200) String reason) {}

    /** By another person than the sender: now it is loaded (R11.5). */
    @PostMapping("/{id}/approval")
    ImportView approve(
            Caller caller,
            @PathVariable RegionCode region,
            @PathVariable String id,
            @Valid @RequestBody Approval body) {
        var decided = decideImport.approve(found(caller, region, id), body.persons(), body.months(), caller.subject());
        loadImports.wake();
        return ImportView.of(decided);
    }

    @PostMapping("/{id}/refusal")
    ImportView refuse(
            Caller caller, @PathVariable RegionCode region, @PathVariable String id, @Valid @RequestBody Refusal body) {
        return ImportView.of(decideImport.refuse(found(caller, region, id), body.reason(), caller.subject()));
    }

    /** Newest first. */
    @GetMapping
    Page<ImportView> list(Caller caller, @PathVariable RegionCode region, PageRequest page) {
        requireAgency(caller, region);
        return Page.of(page, imports.list(region, page.after(), page.limitPlusOne()), Import::id)
                .map(ImportView::of);
    }

    @GetMapping("/{id}")
    ImportView show(Caller caller, @PathVariable RegionCode region, @PathVariable String id) {
        return ImportView.of(found(caller, region, id));
    }

    /** By line. */
    @GetMapping("/{id}/errors")
    Page<ImportError> errors(
            Caller caller, @PathVariable RegionCode region, @PathVariable String id, PageRequest page) {
        var found = found(caller, region, id);
        var position = position(page.after());
        return Page.of(
                        page,
                        errors.list(found.id(), position.line(), position.id(), page.limitPlusOne()),
                        placed -> placed.error().line() + "-" + placed.id())
                .map(ImportErrorStore.Placed::error);
    }

    private record Position(int line, long id) {}

    private static Position position(@Nullable String after) {
        if (after == null) {
            return new Position(0, 0);
        }
        if (!after.matches("[0-9]{1,9}-[0-9]{1,18}")) {
            throw Problem.field("after", "INVALID_PARAMETER", "翻页位置无效。");
        }
        int dash = after.indexOf('-');
        return new Position(Integer.parseInt(after.substring(0, dash)), Long.parseLong(after.substring(dash + 1)));
    }

    private Import found(Caller caller, RegionCode region, String id) {
        requireAgency(caller, region);
        return imports.find(id)
                .filter(file -> file.region().equals(region) && file.state() != ImportState.RECEIVING)
                .orElseThrow(Problem::notFound);
    }

    private static void requireAgency(Caller caller, RegionCode region) {
        caller.requireRole(Role.CLERK, Role.REVIEWER).requireActingFor(region);
    }
}
