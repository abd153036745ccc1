package org.jiexu.registry.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jiexu.wire.contract.PolicyDatedV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 地方政策 in force, with its basis: a decision says what it stands on. */
@Repository
public class PolicyStore {
    private final JdbcClient jdbc;

    PolicyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The narrowest scope in force on that day: region, then province, then the country. */
    public Optional<PolicyDatedV1> inForce(String name, RegionCode region, LocalDate on) {
        return inForceWith(name, region, on).stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst();
    }

    /** As {@link #inForce}, one policy a name, for every name that begins so; a name without one in force is missing. */
    public List<PolicyDatedV1> inForceWith(String beginning, RegionCode region, LocalDate on) {
        return jdbc.sql("""
            select distinct on (name) name, scope, value, valid_from, valid_to, basis
              from policy
             where starts_with(name, :beginning) and scope in (:region, :province, '*')
               and valid_from <= :on and (valid_to is null or valid_to > :on)
             order by name, case scope when :region then 0 when :province then 1 else 2 end, valid_from desc
            """)
                .param("beginning", beginning)
                .param("region", region.value())
                .param("province", region.province())
                .param("on", on)
                .query((row, n) -> policy(row))
                .list();
    }

    /** What begins to hold after that day, soonest first. */
    public List<PolicyDatedV1> coming(String name, RegionCode region, LocalDate on) {
        return jdbc.sql("""
            select name, scope, value, valid_from, valid_to, basis
              from policy
             where name = :name and scope in (:region, :province, '*') and valid_from > :on
             order by valid_from, scope
            """)
                .param("name", name)
                .param("region", region.value())
                .param("province", region.province())
                .param("on", on)
                .query((row, n) -> policy(row))
                .list();
    }

    private static PolicyDatedV1 policy(ResultSet row) throws SQLException {
        return new PolicyDatedV1(
                row.getString("name"),
                row.getString("scope"),
                row.getString("value"),
                Times.day(row, "valid_from"),
                Times.dayOrNull(row, "valid_to"),
                row.getString("basis"));
    }
}
