package org.jiexu.transferin.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Creates;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.transferin.TakeList;
import org.jiexu.transferin.domain.EmployerList;
import org.jiexu.transferin.domain.LineFault;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.postgres.ListStore;
import org.jiexu.transferin.postgres.ListStore.LineResult;
import org.jiexu.wire.signing.Sm3;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CodedReason;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 单位名单 — an employer applies for many persons at once, sees how far it is, and fetches the result (R1.5, R10.1). */
@RestController
@RequestMapping("/api/v1/regions/{region}/transfer-batches")
public class ListController {
    private static final int CHUNK = 500;

    private final TakeList takeList;
    private final ListStore lists;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    public ListController(TakeList takeList, ListStore lists, ServiceIdentity identity, BusinessClock clock) {
        this.takeList = takeList;
        this.lists = lists;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * 名单进度.
     *
     * @param eta by the pace so far; none before the first line is through, or when nothing waits
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ListView(
            String id,
            RegionCode region,
            String state,
            int lines,
            int waiting,
            int submitted,
            int accepted,
            int refused,
            int withdrawn,
            int faulty,
            Instant startedAt,
            @Nullable Instant eta) {}

    @Creates
    @PostMapping(consumes = "text/csv")
    ResponseEntity<ListView> take(
            @PathVariable String region,
            @RequestParam(defaultValue = "false") boolean skipFaulty,
            @RequestBody byte[] text,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) String contentType,
            Caller caller) {
        caller.requireRole(Role.EMPLOYER);
        var receiving = hosted(region);
        var uscc = caller.uscc();
        if (uscc == null) {
            throw Problem.forbidden();
        }
        var digest = Sm3.of(Bytes.of(text)).hex();
        var lines = new EmployerListReader(
                new ByteArrayInputStream(text), contentType, receiving, clock.instant(), clock.certificateRules());
        var taken = takeList.take(receiving, uscc, caller.subject(), digest, lines, skipFaulty);
        var list = taken.list();
        return ResponseEntity.status(taken.isNew() ? HttpStatus.ACCEPTED : HttpStatus.OK)
                .location(URI.create("/api/v1/regions/" + receiving + "/transfer-batches/" + list.id()))
                .body(view(list));
    }

    @GetMapping
    Page<ListView> all(@PathVariable String region, PageRequest page, Caller caller) {
        var receiving = readable(region, caller);
        var uscc = caller.is(Role.EMPLOYER) ? caller.uscc() : null;
        var fetched = lists.of(receiving, uscc, before(page), page.limitPlusOne());
        return Page.of(page, fetched, list -> String.valueOf(list.position())).map(this::view);
    }

    @GetMapping("/{id}")
    ListView one(@PathVariable String region, @PathVariable String id, Caller caller) {
        return view(visible(region, id, caller));
    }

    /** Line by line, read and written some hundreds at a time; no name and no certificate number stands in it. */
    @GetMapping("/{id}/result")
    void result(@PathVariable String region, @PathVariable String id, Caller caller, HttpServletResponse response)
            throws IOException {
        var list = visible(region, id, caller);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + list.id() + ".csv\"");
        var out = response.getOutputStream();
        // Spreadsheet programs take a text without the mark for another encoding.
        out.write("\uFEFF".getBytes(StandardCharsets.UTF_8));
        var csv = CsvWriter.builder().build(out);
        csv.writeRecord("line", "number", "result", "status", "codes", "message", "remedy");
        int after = 0;
        for (var some = lists.results(id, after, CHUNK); !some.isEmpty(); some = lists.results(id, after, CHUNK)) {
            some.forEach(line -> write(csv, line));
            after = some.getLast().line();
        }
        csv.flush();
    }

    private static void write(CsvWriter csv, LineResult line) {
        var file = line.file();
        if (file != null) {
            var status = State.status(file.state());
            csv.writeRecord(
                    String.valueOf(line.line()),
                    file.number().value(),
                    status.name(),
                    status.words(),
                    joined(file.reasons(), CodedReason::code),
                    joined(file.reasons(), CodedReason::message),
                    joined(file.reasons(), CodedReason::remedy));
        } else if (line.faults().isEmpty()) {
            csv.writeRecord(String.valueOf(line.line()), "", "WAITING", "等待办理", "", "", "");
        } else {
            csv.writeRecord(
                    String.valueOf(line.line()),
                    "",
                    "FAULTY",
                    "内容有误，未办理",
                    joined(line.faults(), LineFault::code),
                    joined(
                            line.faults(),
                            fault -> (fault.column() == null ? "" : fault.column() + "：") + fault.message()),
                    "请更正后另行提交");
        }
    }

    private static <T> String joined(List<T> things, Function<T, String> text) {
        return things.stream().map(text).collect(Collectors.joining(" | "));
    }

    private ListView view(EmployerList list) {
        var progress = lists.progress(list.id());
        long left = progress.secondsLeft();
        return new ListView(
                list.id(),
                list.region(),
                progress.isDone() ? "DONE" : "RUNNING",
                list.lines(),
                progress.waiting(),
                progress.submitted(),
                progress.accepted(),
                progress.refused(),
                progress.withdrawn(),
                progress.faulty(),
                list.startedAt(),
                left <= 0 ? null : clock.instant().plusSeconds(left));
    }

    private EmployerList visible(String region, String id, Caller caller) {
        var receiving = readable(region, caller);
        return lists.find(id)
                .filter(list -> list.region().equals(receiving))
                .filter(list -> !caller.is(Role.EMPLOYER) || list.uscc().equals(caller.uscc()))
                .orElseThrow(Problem::notFound);
    }

    /** An employer sees its own lists, the region's people all of theirs. */
    private RegionCode readable(String region, Caller caller) {
        caller.requireRole(Role.EMPLOYER, Role.CLERK, Role.REVIEWER, Role.OPERATOR);
        var receiving = hosted(region);
        if (caller.is(Role.EMPLOYER) ? caller.uscc() == null : !caller.mayActFor(receiving)) {
            throw Problem.notFound();
        }
        return receiving;
    }

    private RegionCode hosted(String region) {
        if (!RegionCode.isWellFormed(region) || !identity.hosts(new RegionCode(region))) {
            throw Problem.notFound();
        }
        return new RegionCode(region);
    }

    private static long before(PageRequest page) {
        var after = page.after();
        if (after == null) {
            return Long.MAX_VALUE;
        }
        if (!after.matches("[0-9]{1,18}")) {
            throw Problem.field("after", "INVALID_PARAMETER", "翻页位置无效。");
        }
        return Long.parseLong(after);
    }
}
