package org.jiexu.registry.postgres;

import java.util.List;
import org.jiexu.bus.client.WhereaboutsAnswer.Moved;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 现参保地 — where those who have left a region are insured inside its province. */
@Repository
public class WhereaboutsStore {
    private final JdbcClient jdbc;

    WhereaboutsStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of several regions the one that the person was enrolled in last. */
    public List<Moved> of(RegionCode left, List<PersonId> persons) {
        if (persons.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
            select distinct on (old.person) old.person, now.region
              from participation old
              join participation now on now.person = old.person and now.scheme = old.scheme
                   and now.region <> old.region and now.status = '1'
              join region on region.code = now.region and region.on_platform
             where old.person in (:persons) and old.region = :left and old.scheme = :scheme and old.status = '4'
               and region.province_code = (select province_code from region where code = :left)
             order by old.person, now.since desc, now.region
            """)
                .param("persons", persons.stream().map(PersonId::value).toList())
                .param("left", left.value())
                .param("scheme", Scheme.EMPLOYEE.code())
                .query((row, n) ->
                        new Moved(new PersonId(row.getString("person")), new RegionCode(row.getString("region"))))
                .list();
    }
}
