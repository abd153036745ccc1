package org.jiexu.registry.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jiexu.registry.domain.Accumulation;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.sheet.SheetScheme;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 缴费记录 — every month of a person with whichever region it stands, and which months were paid back. */
@Repository
public class RecordStore {
    private final JdbcClient jdbc;

    RecordStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Own and inherited rows of all regions, in time order. */
    public List<Accumulation.Row> rows(PersonId person) {
        return jdbc.sql("""
            select p.region, null as origin, 0 as no, p.first_month, p.last_month, p.scheme, null as sheet_scheme,
                   0 as months, a.name as agency_name, a.code as agency_region, null as remark
              from paid_period p join agency a on a.code = p.agency
             where p.person = :person
            union all
            select region, origin, no, first_month, last_month, scheme, sheet_scheme, months, agency_name,
                   agency_region, remark
              from inherited_row where person = :person
             order by first_month, last_month, region, origin nulls first
            """)
                .param("person", person.value())
                .query((row, n) -> row(row))
                .list();
    }

    private static Accumulation.Row row(ResultSet row) throws SQLException {
        var from = Times.month(row, "first_month");
        var to = Times.month(row, "last_month");
        var origin = row.getString("origin");
        var sheetScheme = row.getString("sheet_scheme");
        return new Accumulation.Row(
                new RegionCode(row.getString("region")),
                origin,
                new SheetRow(
                        row.getInt("no"),
                        from,
                        to,
                        sheetScheme == null
                                ? SheetScheme.of(Scheme.ofCode(row.getString("scheme")))
                                : SheetScheme.ofCode(sheetScheme),
                        // Every month of an own period is paid.
                        origin == null ? Math.toIntExact(from.until(to, ChronoUnit.MONTHS)) + 1 : row.getInt("months"),
                        row.getString("agency_name"),
                        row.getString("agency_region"),
                        row.getString("remark")));
    }

    /** The month was paid back on that day; the first day told stays. */
    public void keepBackPayment(RelationshipKey key, YearMonth month, LocalDate paidOn) {
        jdbc.sql("""
            insert into back_payment (person, region, scheme, month, paid_on)
            values (:person, :region, :scheme, :month, :paidOn)
            on conflict do nothing
            """)
                .param("person", key.person().value())
                .param("region", key.region().value())
                .param("scheme", key.scheme().code())
                .param("month", Times.firstDay(month))
                .param("paidOn", paidOn)
                .update();
    }

    /** Months paid back, with the month in which they were. */
    public NavigableMap<YearMonth, YearMonth> paidBack(RelationshipKey key) {
        var months = new TreeMap<YearMonth, YearMonth>();
        jdbc.sql("select month, paid_on from back_payment where person = :person and region = :region and"
                        + " scheme = :scheme")
                .param("person", key.person().value())
                .param("region", key.region().value())
                .param("scheme", key.scheme().code())
                .query(row -> {
                    months.put(Times.month(row, "month"), Times.month(row, "paid_on"));
                });
        return months;
    }
}
