package org.jiexu.registry.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        return inForceWith(List.of(name), List.of(region), on).getOrDefault(region, List.of()).stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst();
    }

    /**
     * As {@link #inForce}, for several regions and for every name that begins with one of these; a name without a policy in
     * force is missing.
     */
    public Map<RegionCode, List<PolicyDatedV1>> inForceWith(
            List<String> beginnings, List<RegionCode> regions, LocalDate on) {
        var inForce = new HashMap<RegionCode, List<PolicyDatedV1>>();
        jdbc.sql("""
            select distinct on (asked.region, name) asked.region, name, scope, value, valid_from, valid_to, basis
              from unnest(:regions::text[], :provinces::text[]) as asked (region, province)
              join policy on scope in (asked.region, asked.province, '*')
             where name ^@ any(:beginnings::text[]) and valid_from <= :on and (valid_to is null or valid_to > :on)
             order by asked.region, name,
                      case scope when asked.region then 0 when asked.province then 1 else 2 end, valid_from desc
            """)
                .param("beginnings", Columns.texts(beginnings, name -> name))
                .param("regions", Columns.texts(regions, RegionCode::value))
                .param("provinces", Columns.texts(regions, RegionCode::province))
                .param("on", on)
                .query((row, n) -> inForce.computeIfAbsent(
                                new RegionCode(row.getString("region")), _ -> new ArrayList<>())
                        .add(policy(row)))
                .list();
        return inForce;
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
