package org.jiexu.registry.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jiexu.registry.domain.LeftMoney;
import org.jiexu.registry.domain.ParticipationStatus;
import org.jiexu.registry.domain.PersonType;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 省内原参保关系 — one read over participation, months and reservations; writes nothing. */
@Repository
public class OldRecordStore {
    private final JdbcClient jdbc;

    OldRecordStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One employee record.
     *
     * @param months paid or inherited there that no transfer has taken
     * @param everTransferred an earlier transfer has taken the account along
     * @param money what lies on the account, where its region has told it
     * @param filling an open case brings something into it
     * @param neverFilled no case has ever reserved anything to bring it there
     */
    public record OldRecord(
            RegionCode region,
            ParticipationStatus status,
            PersonType personType,
            int months,
            @Nullable YearMonth firstMonth,
            @Nullable YearMonth lastMonth,
            boolean everTransferred,
            LeftMoney money,
            @Nullable CaseNumber openCase,
            boolean filling,
            boolean neverFilled) {
        /** Months that no transfer has taken; or money on the account, possibly so where none ever took any. */
        public boolean isLeft() {
            return hasMore() || money.amount().isPositive();
        }

        /** R2.10: money alone, and the person chose that it stays; nothing but a new application takes it. */
        public boolean isLeftByChoice() {
            return !hasMore() && money.amount().isPositive() && money.chosen();
        }

        private boolean hasMore() {
            return months > 0 || !everTransferred;
        }
    }

    /** The employee records of the region's province other than its own, of regions on the platform. */
    public List<OldRecord> of(PersonId person, RegionCode region, Instant now) {
        return jdbc.sql("""
            select p.region, p.status, p.person_type,
                   coalesce(paid.months, 0) + coalesce(inherited.months, 0) as months,
                   least(paid.first_month, inherited.first_month) as first_month,
                   greatest(paid.last_month, inherited.last_month) as last_month,
                   exists (select 1 from termination t
                            where t.person = p.person and t.region = p.region and t.scheme = p.scheme)
                       as ever_transferred,
                   money.amount as money, money.chosen as money_chosen,
                   (select r.number from reservation r
                     where r.person = p.person and r.region = p.region and r.scheme = p.scheme
                       and r.freed_at is null and (r.confirmed or r.expires_at > :now)) as open_case,
                   brought.now > 0 as filling, brought.ever = 0 as never_filled
              from participation p
              join region on region.code = p.region and region.on_platform
             cross join lateral (
                  select count(*) as ever,
                         count(*) filter (where r.freed_at is null and (r.confirmed or r.expires_at > :now)) as now
                    from reservation r
                   where r.person = p.person and starts_with(r.number, p.region || '-')) brought
             cross join lateral (
                  select coalesce(sum(l.amount), 0)::bigint as amount, coalesce(bool_or(l.chosen), false) as chosen
                    from left_balance l
                   where l.person = p.person and l.region = p.region) money
              left join lateral (
                  select min(first_month) as first_month, max(last_month) as last_month,
                         sum(12 * (extract(year from last_month) - extract(year from first_month))
                             + extract(month from last_month) - extract(month from first_month) + 1)::int as months
                    from paid_period
                   where person = p.person and region = p.region and scheme = p.scheme and transferred_by is null) paid
                on true
              left join lateral (
                  select min(first_month) as first_month, max(last_month) as last_month, sum(months)::int as months
                    from inherited_row
                   where person = p.person and region = p.region and scheme = p.scheme
                     and transferred_by is null) inherited
                on true
             where p.person = :person and p.scheme = :scheme and p.region <> :region
               and region.province_code = (select province_code from region where code = :region)
             order by p.region
            """)
                .param("person", person.value())
                .param("scheme", Scheme.EMPLOYEE.code())
                .param("region", region.value())
                .param("now", Times.at(now))
                .query(OldRecordStore::record)
                .list();
    }

    private static OldRecord record(ResultSet row, int n) throws SQLException {
        var openCase = row.getString("open_case");
        return new OldRecord(
                new RegionCode(row.getString("region")),
                ParticipationStatus.ofCode(row.getString("status")),
                new PersonType(row.getString("person_type")),
                row.getInt("months"),
                month(Times.dayOrNull(row, "first_month")),
                month(Times.dayOrNull(row, "last_month")),
                row.getBoolean("ever_transferred"),
                new LeftMoney(Fen.of(row.getLong("money")), row.getBoolean("money_chosen")),
                openCase == null ? null : new CaseNumber(openCase),
                row.getBoolean("filling"),
                row.getBoolean("never_filled"));
    }

    private static @Nullable YearMonth month(@Nullable LocalDate first) {
        return first == null ? null : YearMonth.from(first);
    }
}
