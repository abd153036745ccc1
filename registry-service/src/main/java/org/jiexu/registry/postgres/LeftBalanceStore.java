package org.jiexu.registry.postgres;

import java.util.Optional;
import org.jiexu.wire.contract.AccountLeftV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 留存余额 — the rows of left_balance. */
@Repository
public class LeftBalanceStore {
    private final JdbcClient jdbc;

    LeftBalanceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes the word over unless a later one is known; false when it was no news. */
    public boolean keep(PersonId person, AccountLeftV1 told) {
        return jdbc.sql("""
            insert into left_balance (account_of, region, person, amount, chosen, change, said_at)
            values (:accountOf, :region, :person, :amount, :chosen, :change, :at)
            on conflict (account_of, region) do update
               set person = excluded.person, amount = excluded.amount, chosen = excluded.chosen,
                   change = excluded.change, said_at = excluded.said_at
             where left_balance.change < excluded.change
            """)
                        .param("accountOf", told.person().value())
                        .param("region", told.region().value())
                        .param("person", person.value())
                        .param("amount", told.amount().value())
                        .param("chosen", told.chosen())
                        .param("change", told.change())
                        .param("at", Times.at(told.at()))
                        .update()
                == 1;
    }

    /** What the person has left there in all; 0.00 where nothing was said. */
    public Fen amount(PersonId person, RegionCode region) {
        return jdbc.sql("""
            select coalesce(sum(amount), 0)::bigint from left_balance where person = :person and region = :region
            """)
                .param("person", person.value())
                .param("region", region.value())
                .query((row, n) -> Fen.of(row.getLong(1)))
                .single();
    }

    /** The case that ended the person's employee relationship there last; empty where none has. */
    public Optional<CaseNumber> endedBy(PersonId person, RegionCode region) {
        return jdbc.sql("""
            select case_number from termination
             where person = :person and region = :region and scheme = :scheme
             order by terminated_at desc, case_number desc limit 1
            """)
                .param("person", person.value())
                .param("region", region.value())
                .param("scheme", Scheme.EMPLOYEE.code())
                .query((row, n) -> new CaseNumber(row.getString("case_number")))
                .optional();
    }
}
