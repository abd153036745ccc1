package org.jiexu.registry.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jiexu.registry.domain.Checks;
import org.jiexu.registry.domain.CoverageYear;
import org.jiexu.registry.domain.Ground;
import org.jiexu.registry.domain.LeftMoney;
import org.jiexu.registry.domain.ParticipationStatus;
import org.jiexu.registry.domain.PersonType;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 核验所见 — the relationships that an application is about, with everything that the checks ask of them, in one look. */
@Repository
public class CheckedStore {
    private final JdbcClient jdbc;

    CheckedStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * All that one person has in those regions. What is left to transfer are months that no transfer has taken; or, where
     * none ever took any, possibly money on the personal account. Money that lies on an account which a case has asked for
     * is told by its region (R2.10). Counted, not asked whether they exist: for that the planner
     * may read a table whole once and remember it.
     */
    public Map<RelationshipKey, Checks.Relationship> relationships(
            PersonId person, List<RegionCode> regions, LocalDate on) {
        var found = new HashMap<RelationshipKey, Checks.Relationship>();
        jdbc.sql("""
            select p.person, p.region, p.scheme, p.status, p.person_type, p.employer, p.since,
                   coalesce(paid.is_left, false) or coalesce(inherited.is_left, false)
                       or (p.scheme = :employee and ended.times = 0) as left_to_transfer,
                   money.amount as money, money.chosen as money_chosen,
                   paid.last_month as last_paid,
                   array(select f.ground from participation_fact f
                          where f.person = p.person and f.region = p.region and f.scheme = p.scheme
                            and f.from_day <= :on and (f.to_day is null or f.to_day > :on)) as recorded
              from participation p
             cross join lateral (
                   select max(m.last_month) as last_month, bool_or(m.transferred_by is null) as is_left
                     from paid_period m
                    where m.person = p.person and m.region = p.region and m.scheme = p.scheme) paid
             cross join lateral (
                   select bool_or(i.transferred_by is null) as is_left
                     from inherited_row i
                    where i.person = p.person and i.region = p.region and i.scheme = p.scheme) inherited
             cross join lateral (
                   select count(*) as times
                     from termination t
                    where t.person = p.person and t.region = p.region and t.scheme = p.scheme) ended
             cross join lateral (
                   select coalesce(sum(l.amount), 0)::bigint as amount, coalesce(bool_or(l.chosen), false) as chosen
                     from left_balance l
                    where l.person = p.person and l.region = p.region and p.scheme = :employee) money
             where p.person = :person and p.region = any(:regions)
            """)
                .param("employee", Scheme.EMPLOYEE.code())
                .param("on", on)
                .param("person", person.value())
                .param("regions", Columns.texts(regions, RegionCode::value))
                .query((row, n) -> found.put(key(row), relationship(row)))
                .list();
        return found;
    }

    private static RelationshipKey key(ResultSet row) throws SQLException {
        return new RelationshipKey(
                new PersonId(row.getString("person")),
                new RegionCode(row.getString("region")),
                Scheme.ofCode(row.getString("scheme")));
    }

    private static Checks.Relationship relationship(ResultSet row) throws SQLException {
        var status = ParticipationStatus.ofCode(row.getString("status"));
        return new Checks.Relationship(
                status,
                new PersonType(row.getString("person_type")),
                row.getBoolean("left_to_transfer"),
                new LeftMoney(Fen.of(row.getLong("money")), row.getBoolean("money_chosen")),
                row.getString("employer"),
                covered(status, Times.day(row, "since"), Times.dayOrNull(row, "last_paid")),
                grounds(row.getArray("recorded")));
    }

    /** The year of the last month paid; or the year from which an enrolment runs that is not paid yet. */
    private static CoverageYear covered(ParticipationStatus status, LocalDate since, @Nullable LocalDate lastPaid) {
        var paid = lastPaid == null ? CoverageYear.NONE : CoverageYear.of(lastPaid);
        var enrolled = status == ParticipationStatus.INSURED ? CoverageYear.of(since) : CoverageYear.NONE;
        return enrolled.isAfter(paid) ? enrolled : paid;
    }

    private static Set<Ground> grounds(Array codes) throws SQLException {
        var grounds = EnumSet.noneOf(Ground.class);
        for (String code : (String[]) codes.getArray()) {
            grounds.add(Ground.valueOf(code));
        }
        return grounds;
    }
}
