package org.jiexu.registry.postgres;

import java.util.List;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 在保情况 — in which regions a person is insured at this moment. The caller holds the lock on the person. */
@Repository
public class InsuredStore {
    private final JdbcClient jdbc;

    InsuredStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** 统筹区 with the name that people know. */
    public record InsuredIn(RegionCode region, String name, boolean onPlatform) {}

    public List<InsuredIn> regions(PersonId person, Scheme scheme) {
        return jdbc.sql("""
            select region.code, region.name, region.on_platform
              from participation join region on region.code = participation.region
             where person = :person and scheme = :scheme and status = '1' order by region.code
            """)
                .param("person", person.value())
                .param("scheme", scheme.code())
                .query((row, n) -> new InsuredIn(
                        new RegionCode(row.getString("code")), row.getString("name"), row.getBoolean("on_platform")))
                .list();
    }
}
