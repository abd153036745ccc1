package org.jiexu.registry.postgres;

import java.time.LocalDate;
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
        return jdbc.sql("""
            select * from policy
             where name = :name and scope in (:region, :province, '*')
               and valid_from <= :on and (valid_to is null or valid_to > :on)
             order by case scope when :region then 0 when :province then 1 else 2 end, valid_from desc
             limit 1
            """)
                .param("name", name)
                .param("region", region.value())
                .param("province", region.province())
                .param("on", on)
                .query((row, n) -> new PolicyDatedV1(
                        row.getString("name"),
                        row.getString("scope"),
                        row.getString("value"),
                        Times.day(row, "valid_from"),
                        Times.dayOrNull(row, "valid_to"),
                        row.getString("basis")))
                .optional();
    }
}
