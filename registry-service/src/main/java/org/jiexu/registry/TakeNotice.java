package org.jiexu.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jiexu.bus.csv.CsvTable;
import org.jiexu.bus.journal.UuidV7;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.WorkingCalendar;
import org.jiexu.bus.time.WorkingDays;
import org.jiexu.bus.web.FieldProblem;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.domain.NoticeDays;
import org.jiexu.registry.domain.NoticeDays.Reading;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.NoticeStore;
import org.jiexu.registry.postgres.NoticeStore.Alike;
import org.jiexu.registry.postgres.NoticeStore.NewTerm;
import org.jiexu.registry.postgres.NoticeStore.Notice;
import org.jiexu.registry.postgres.NoticeStore.State;
import org.jiexu.wire.contract.CalendarPublishedV1;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.signing.Sm3;
import org.jiexu.wire.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 放假安排通知 — read as a whole or not at all, its effect on every open limit shown, approved by another person, published;
 * then every service works its own limits out anew (R4.3).
 */
@Service
public class TakeNotice {
    private static final int MOST_LINES = 400;

    private final NoticeStore notices;
    private final DirectoryStore directory;
    private final PublishDirectory publish;
    private final BusinessClock clock;

    TakeNotice(NoticeStore notices, DirectoryStore directory, PublishDirectory publish, BusinessClock clock) {
        this.notices = notices;
        this.directory = directory;
        this.publish = publish;
        this.clock = clock;
    }

    /** The same file for the same notice is the same, as long as it waits. */
    @Transactional
    public Notice prepare(String region, String name, @Nullable String contentType, InputStream file, String by)
            throws IOException {
        var known = directory.calendars();
        var read = read(region, lines(contentType, file), known);
        var digest = Sm3.of(Bytes.ofUtf8(name + WireJson.text(read.days()))).hex();
        var notice = new Notice(
                UuidV7.next().toString(),
                0,
                region,
                name,
                read.year(),
                digest,
                State.PREPARED,
                0,
                by,
                clock.instant(),
                null,
                null);
        if (!notices.insert(notice, read.days())) {
            return notices.waiting(region, read.year())
                    .filter(waits -> waits.digest().equals(digest))
                    .orElseThrow(() -> Problem.conflict("NOTICE_WAITING", "同一年度已有一份通知等待复核，请先复核或退回。"));
        }
        notices.keepChanges(notice.id(), changed(region, known, read.arrangements(known, name)));
        return notices.find(notice.id()).orElseThrow();
    }

    @Transactional
    public Notice approve(String id, String by) {
        var notice = decided(id, by, State.APPROVED);
        var days = new NoticeDays(notice.region(), notice.year(), notices.days(id));
        var made = days.arrangements(directory.calendars(), notice.notice());
        made.forEach(directory::keepCalendar);
        notices.keepOrigin(
                id,
                notice.region(),
                made.stream().map(CalendarPublishedV1::year).toList());
        publish.changes();
        return notices.find(id).orElseThrow();
    }

    @Transactional
    public Notice refuse(String id, String by) {
        decided(id, by, State.REFUSED);
        return notices.find(id).orElseThrow();
    }

    private Notice decided(String id, String by, State state) {
        var notice = notices.lock(id).orElseThrow(Problem::notFound);
        if (notice.state() != State.PREPARED) {
            throw Problem.conflict("ALREADY_DECIDED", "该通知已经复核。");
        }
        if (notice.preparedBy().equals(by)) {
            throw new Problem(HttpStatus.FORBIDDEN, "SAME_PERSON", "经办与复核不能为同一人。");
        }
        notices.decide(id, state, by, clock.instant());
        return notice;
    }

    private static NoticeDays read(String region, List<NoticeDays.Line> lines, List<CalendarPublishedV1> known) {
        var years = known.stream()
                .filter(each -> each.region().equals(NoticeDays.NATIONAL))
                .map(CalendarPublishedV1::year)
                .collect(Collectors.toSet());
        return switch (NoticeDays.read(region, lines, years)) {
            case Reading.Whole(var notice) -> notice;
            case Reading.Faulty(var faults) ->
                throw Problem.badRequest("INVALID_NOTICE", "通知文件不符合要求，未作任何更改。")
                        .withErrors(faults.stream()
                                .map(fault -> new FieldProblem("line " + fault.line(), fault.code(), fault.message()))
                                .toList());
        };
    }

    private static List<NoticeDays.Line> lines(@Nullable String contentType, InputStream file) throws IOException {
        var table = new CsvTable(file, contentType, List.of(NoticeDays.Column.values()));
        var lines = new ArrayList<NoticeDays.Line>();
        for (var row = table.next(); row != null; row = table.next()) {
            lines.add(line(row));
            if (lines.size() > MOST_LINES) {
                throw Problem.badRequest("TOO_MANY_LINES", "通知文件不得超过400行。");
            }
        }
        return lines;
    }

    static NoticeDays.Line line(CsvTable.Row row) {
        var problem = row.problem();
        return new NoticeDays.Line(row.line(), row.cells(), problem == null ? null : problem.fault());
    }

    private List<NewTerm> changed(
            String region, List<CalendarPublishedV1> known, List<CalendarPublishedV1> arrangements) {
        var before = WorkingCalendar.of(known);
        var all = new ArrayList<>(known);
        all.addAll(arrangements);
        var after = WorkingCalendar.of(all);
        return notices.open(region).stream()
                .map(alike -> again(alike, before.of(alike.region()), after.of(alike.region())))
                .filter(term -> !term.dueOn().equals(term.of().dueOn())
                        || term.provisional() != term.of().provisional())
                .toList();
    }

    /** R4.6: what lies between the plain term and the due day that was told are the days on which the clock stood still. */
    private static NewTerm again(Alike alike, WorkingDays before, WorkingDays after) {
        int counted = before.workingDaysLeft(alike.startedOn().plusDays(1), alike.dueOn());
        var term = after.term(alike.startedOn(), Math.max(counted, alike.workingDays()));
        return new NewTerm(alike, term.dueOn(), term.provisional());
    }
}
