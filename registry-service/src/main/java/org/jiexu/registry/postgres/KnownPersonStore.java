package org.jiexu.registry.postgres;

import java.util.List;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 人员核对 — which of some persons are registered, and which belong to a region's employee scheme. */
@Repository
public class KnownPersonStore {
    private final JdbcClient jdbc;

    KnownPersonStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<PersonId> known(List<PersonId> persons) {
        return jdbc.sql("select id from person where id = any(:persons) order by id")
                .param("persons", ids(persons))
                .query((row, n) -> new PersonId(row.getString("id")))
                .list();
    }

    /** In whatever state the relationship is: an account may outlive it. */
    public List<PersonId> employees(RegionCode region, List<PersonId> persons) {
        return jdbc.sql("""
            select person from participation
             where person = any(:persons) and region = :region and scheme = :scheme order by person
            """)
                .param("persons", ids(persons))
                .param("region", region.value())
                .param("scheme", Scheme.EMPLOYEE.code())
                .query((row, n) -> new PersonId(row.getString("person")))
                .list();
    }

    private static String[] ids(List<PersonId> persons) {
        return persons.stream().map(PersonId::value).toArray(String[]::new);
    }
}
