package org.jiexu.registry.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.jiexu.registry.domain.ImportLine;
import org.jiexu.registry.domain.PaidPeriod;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 导入时段 — the checked periods of a file on their way into the register. Read in a stream: a file is never in memory. */
@Repository
public class ImportPeriodStore {
    private static final int FETCH = 1000;
    private static final String SEX_NOT_STATED = "9";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final JdbcTemplate streams;

    ImportPeriodStore(JdbcClient jdbc, JdbcTemplate batches, DataSource source) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.streams = new JdbcTemplate(source);
        streams.setFetchSize(FETCH);
    }

    /** A good line; {@code candidate} is the id of its person if nobody has the certificate yet. */
    public record Good(int line, ImportLine read, String agency, PersonId candidate) {}

    public void add(String id, List<Good> lines) {
        batches.batchUpdate("""
            insert into import_period (import, line, certificate_type, certificate_number, name, sex, scheme, status,
                                       person_type, since, agency, employer, first_month, last_month, candidate)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, lines, Math.max(1, lines.size()), (statement, good) -> {
            var read = good.read();
            statement.setString(1, id);
            statement.setInt(2, good.line());
            statement.setString(3, read.certificate().type().code());
            statement.setString(4, read.certificate().number());
            statement.setString(5, read.name());
            statement.setString(6, read.sex() == null ? SEX_NOT_STATED : read.sex());
            statement.setString(7, read.scheme().code());
            statement.setString(8, read.status().code());
            statement.setString(9, read.personType().code());
            statement.setObject(10, read.since());
            statement.setString(11, good.agency());
            statement.setString(12, read.employer());
            statement.setObject(13, Times.firstDay(read.paid().from()));
            statement.setObject(14, Times.firstDay(read.paid().to()));
            statement.setString(15, good.candidate().value());
        });
    }

    /** Only one instance loads a file at a time, whatever its lease says. */
    public boolean lockForLoading(String id) {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(:id, 43))")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /** Persons whom nobody knows yet, and for every line who it is about; all of them locked, in the order of their ids. */
    public int findPersons(String id) {
        jdbc.sql("""
            insert into person (id, certificate_type, certificate_number, name, sex)
            select distinct on (certificate_type, certificate_number)
                   candidate, certificate_type, certificate_number, name, sex
              from import_period where import = :id
             order by certificate_type, certificate_number, line
            on conflict do nothing
            """).param("id", id).update();
        jdbc.sql("""
            update import_period i set person = coalesce(a.person, q.id)
              from person q left join person_alias a on a.alias = q.id
             where i.import = :id and q.certificate_type = i.certificate_type
               and q.certificate_number = i.certificate_number
            """).param("id", id).update();
        jdbc.sql("""
            select count(*) from (select id from person
                                   where id in (select person from import_period where import = :id)
                                   order by id for update) locked
            """).param("id", id).query(Integer.class).single();
        return jdbc.sql("select count(distinct person) from import_period where import = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    /** Whether a certificate belongs to a person of another name by now. */
    public boolean hasStrangers(String id) {
        return jdbc.sql("""
            select exists (
                select 1 from import_period i
                  join person q on q.certificate_type = i.certificate_type
                               and q.certificate_number = i.certificate_number
                  join person kept on kept.id = i.person
                 where i.import = :id and name_compared(i.name) not in (name_compared(q.name), name_compared(kept.name)))
            """).param("id", id).query(Boolean.class).single();
    }

    /** A participation that is there already keeps its status. */
    public void addParticipations(String id, RegionCode region) {
        jdbc.sql("""
            insert into participation (person, region, scheme, status, person_type, agency, employer, since)
            select distinct on (person, scheme)
                   person, :region, scheme, status, person_type, agency, employer, since
              from import_period where import = :id
             order by person, scheme, line
            on conflict do nothing
            """).param("id", id).param("region", region.value()).update();
    }

    /** Periods of one relationship: what stood there, and what the file brings. */
    public record Group(
            RelationshipKey key, List<PaidPeriod> loose, List<PaidPeriod> fixed, List<PaidPeriod> brought) {}

    /** Every relationship of the file, one after another; how many lines have gone by is told on the way. */
    public void groups(String id, RegionCode region, Consumer<Group> each, IntConsumer linesGone) {
        var reading = new Reading(region, each, linesGone);
        streams.query("""
            select person, scheme, 0 as source, first_month, last_month, agency,
                   on_sheet is null and transferred_by is null as loose
              from paid_period p
             where region = ? and exists (select 1 from import_period i
                                           where i.import = ? and i.person = p.person and i.scheme = p.scheme)
            union all
            select person, scheme, 1, first_month, last_month, agency, true from import_period where import = ?
             order by person, scheme, source, first_month
            """, reading::row, region.value(), id, id);
        reading.end();
    }

    private static final class Reading {
        private final RegionCode region;
        private final Consumer<Group> each;
        private final IntConsumer linesGone;
        private @Nullable Group group;
        private int lines;

        Reading(RegionCode region, Consumer<Group> each, IntConsumer linesGone) {
            this.region = region;
            this.each = each;
            this.linesGone = linesGone;
        }

        void row(ResultSet row) throws SQLException {
            var key = new RelationshipKey(
                    new PersonId(row.getString("person")), region, Scheme.ofCode(row.getString("scheme")));
            if (group == null || !group.key().equals(key)) {
                end();
                group = new Group(key, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            }
            var period = new PaidPeriod(
                    Times.month(row, "first_month"), Times.month(row, "last_month"), row.getString("agency"));
            if (row.getInt("source") == 1) {
                group.brought().add(period);
            } else if (row.getBoolean("loose")) {
                group.loose().add(period);
            } else {
                group.fixed().add(period);
            }
        }

        void end() {
            if (group != null) {
                lines += group.brought().size();
                each.accept(group);
                linesGone.accept(lines);
                group = null;
            }
        }
    }

    /** Periods that take the place of everything that stands on no sheet in that relationship. */
    public record Replacement(RelationshipKey key, List<PaidPeriod> periods) {}

    public void keepPaid(List<Replacement> replacements) {
        batches.batchUpdate(
                """
                delete from paid_period
                 where person = ? and region = ? and scheme = ? and on_sheet is null and transferred_by is null
                """,
                replacements,
                Math.max(1, replacements.size()),
                (statement, replacement) -> key(statement::setString, replacement.key()));
        record Row(RelationshipKey key, PaidPeriod period) {}
        var rows = replacements.stream()
                .flatMap(
                        replacement -> replacement.periods().stream().map(period -> new Row(replacement.key(), period)))
                .toList();
        batches.batchUpdate("""
            insert into paid_period (person, region, scheme, first_month, last_month, agency)
            values (?, ?, ?, ?, ?, ?)
            """, rows, Math.max(1, rows.size()), (statement, row) -> {
            key(statement::setString, row.key());
            statement.setObject(4, Times.firstDay(row.period().from()));
            statement.setObject(5, Times.firstDay(row.period().to()));
            statement.setString(6, row.period().agency());
        });
    }

    @FunctionalInterface
    private interface Setter {
        void set(int place, String value) throws SQLException;
    }

    private static void key(Setter setter, RelationshipKey key) throws SQLException {
        setter.set(1, key.person().value());
        setter.set(2, key.region().value());
        setter.set(3, key.scheme().code());
    }
}
