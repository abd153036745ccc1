package org.jiexu.registry.web;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.registry.domain.Stage;
import org.jiexu.registry.postgres.CaseIndexStore.Case;
import org.jiexu.registry.postgres.CaseListStore.Filter;
import org.jspecify.annotations.Nullable;

/** 办件导出文件 — UTF-8 with a mark for spreadsheets; the first line says who took it, when, and of what. */
final class CaseCsv {
    private static final char MARK = '\uFEFF';

    private CaseCsv() {}

    /** Page by page, so that no export needs more memory than a page. */
    static void write(
            Writer out, String who, Instant at, Filter filter, Function<@Nullable String, List<Case>> pageAfter)
            throws IOException {
        out.write(MARK);
        out.write("# 导出人 " + plain(who) + "，时间 " + time(at) + "，范围 " + plain(scope(filter)) + "\n");
        out.write("受理编号,转出地,转入地,原险种,现险种,状态,环节,当前办理地,开始时间,最近时间\n");
        String after = null;
        do {
            var page = pageAfter.apply(after);
            for (var found : page) {
                out.write(line(found));
            }
            after = page.isEmpty() ? null : page.getLast().number().value();
        } while (after != null);
        out.flush();
    }

    private static String line(Case found) {
        var holder = found.holder();
        return String.join(
                        ",",
                        found.number().value(),
                        found.sending().value(),
                        found.receiving().value(),
                        found.fromScheme().code(),
                        found.toScheme().code(),
                        found.status().words(),
                        Stage.words(found.step()),
                        holder == null ? "" : holder.value(),
                        time(found.firstAt()),
                        time(found.lastAt()))
                + "\n";
    }

    private static String time(Instant at) {
        return at.atZone(BusinessClock.ZONE)
                .toLocalDateTime()
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    private static String scope(Filter filter) {
        var text = new StringBuilder();
        append(text, "region", filter.region());
        append(text, "sending", filter.sending());
        append(text, "receiving", filter.receiving());
        append(text, "province", filter.province());
        append(text, "status", filter.status());
        append(text, "step", filter.step());
        append(text, "from", filter.from());
        append(text, "to", filter.to());
        append(text, "q", filter.begins());
        return text.isEmpty() ? "全部" : text.toString();
    }

    private static void append(StringBuilder text, String name, @Nullable Object value) {
        if (value != null) {
            text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(value);
        }
    }

    /** Nothing that would begin another cell or line. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl},\"]", " ");
    }
}
