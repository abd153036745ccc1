package org.jiexu.transferin.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.transferin.domain.AutomaticTransfer.Standstill;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 免申即转 — the rows of automatic_transfer: one per person and region, however often it is told. */
@Repository
public class AutomaticTransferStore {
    private final JdbcClient jdbc;

    /**
     * One registration to be followed.
     *
     * @param looks how often it has been looked at since something happened
     * @param wakes how often it had been woken when it was taken
     * @param wokenAt when what woke it last happened
     */
    public record Registration(
            PersonId person, RegionCode receiving, int looks, int wakes, Instant wokenAt, Set<RegionCode> givenUp) {}

    public AutomaticTransferStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when that registration, or a later one, is known already. */
    public boolean registered(PersonId person, RegionCode receiving, Instant openedAt) {
        return jdbc.sql("""
            insert into automatic_transfer (person, receiving, opened_at, woken_at, state, next_look)
            values (:person, :receiving, :openedAt, :openedAt, 'DUE', now())
            on conflict (person, receiving) do update
               set opened_at = excluded.opened_at, woken_at = excluded.opened_at, state = 'DUE', next_look = now(), looks = 0,
                   wakes = automatic_transfer.wakes + 1, given_up = '{}', its_case = null
             where automatic_transfer.opened_at < excluded.opened_at
            """)
                        .param("person", person.value())
                        .param("receiving", receiving.value())
                        .param("openedAt", openedAt.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Something has happened to the person that an open row may have waited for; false when none is open. */
    public boolean wake(PersonId person, RegionCode receiving, Instant at) {
        return jdbc.sql("""
            update automatic_transfer
               set state = 'DUE', next_look = now(), looks = 0, wakes = wakes + 1, woken_at = :at, given_up = '{}',
                   its_case = null
             where person = :person and receiving = :receiving and state <> 'DONE'
            """)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("person", person.value())
                        .param("receiving", receiving.value())
                        .update()
                == 1;
    }

    /** Rows that are due, taken so that no other instance takes them too while {@code lease} runs. */
    public List<Registration> claim(Collection<RegionCode> hosted, int limit, Duration lease) {
        return jdbc.sql("""
            update automatic_transfer
               set looks = looks + 1, next_look = now() + make_interval(secs => :lease)
             where (person, receiving) in (
                 select person, receiving from automatic_transfer
                  where state <> 'DONE' and next_look <= now() and receiving in (:hosted)
                  order by next_look
                  limit :limit
                  for update skip locked)
            returning *
            """)
                .param("lease", lease.toMillis() / 1000.0)
                .param("hosted", hosted.stream().map(RegionCode::value).toList())
                .param("limit", limit)
                .query(AutomaticTransferStore::registration)
                .list();
    }

    /**
     * What came of a look; nothing when something has happened since the row was taken.
     *
     * @param itsCase the case that the row is done with, if there is one
     */
    public void looked(
            Registration taken, Standstill then, Set<RegionCode> givenUp, @Nullable CaseNumber itsCase, Duration wait) {
        jdbc.sql("""
            update automatic_transfer
               set state = :state, given_up = string_to_array(:givenUp, ','), its_case = :case,
                   next_look = now() + make_interval(secs => :wait)
             where person = :person and receiving = :receiving and wakes = :wakes
            """)
                .param("state", name(then))
                .param("case", itsCase == null ? null : itsCase.value())
                .param(
                        "givenUp",
                        givenUp.stream().map(RegionCode::value).sorted().collect(Collectors.joining(",")))
                .param("wait", wait.toMillis() / 1000.0)
                .param("person", taken.person().value())
                .param("receiving", taken.receiving().value())
                .param("wakes", taken.wakes())
                .update();
    }

    /** The case that a registration follows has ended: nothing is left when it was completed, else it is looked at now. */
    public void ended(PersonId person, CaseNumber itsCase, boolean completed) {
        jdbc.sql("""
            update automatic_transfer
               set state = case when :completed then 'DONE' else 'DUE' end, next_look = now(), its_case = null
             where person = :person and receiving = :receiving and its_case = :case and state <> 'DONE'
            """)
                .param("completed", completed)
                .param("person", person.value())
                .param("receiving", itsCase.receivingRegion().value())
                .param("case", itsCase.value())
                .update();
    }

    /** What is here already of the same person's applications from one region. */
    public enum Earlier {
        NOTHING,
        /** 办理中 — one is still open. */
        OPEN,
        /** Since that moment one has ended without a transfer: withdrawn, or declined there. */
        ENDED_WITHOUT
    }

    /** Of several the last in the list. */
    public Earlier earlier(Certificate certificate, RegionCode sending, RegionCode receiving, Instant since) {
        return jdbc.sql("""
            select case when bool_or(state in ('WITHDRAWN', 'DECLINED') and submitted_at >= :since) then 'ENDED_WITHOUT'
                        when bool_or(state not in ('REFUSED', 'COMPLETED', 'WITHDRAWN', 'DECLINED')) then 'OPEN'
                        else 'NOTHING' end
              from transfer_case
             where certificate_number = :number and certificate_type = :type and receiving = :receiving
               and sending = :sending and from_scheme = :scheme
            """)
                .param("number", certificate.number())
                .param("type", certificate.type().code())
                .param("receiving", receiving.value())
                .param("sending", sending.value())
                .param("scheme", Scheme.EMPLOYEE.code())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, n) -> Earlier.valueOf(row.getString(1)))
                .single();
    }

    private static String name(Standstill standstill) {
        return switch (standstill) {
            case SOON, WITH_ITS_CASE -> "DUE";
            case WAITING -> "WAITING";
            case DONE -> "DONE";
        };
    }

    private static Registration registration(ResultSet row, int n) throws SQLException {
        return new Registration(
                new PersonId(row.getString("person")),
                new RegionCode(row.getString("receiving")),
                row.getInt("looks"),
                row.getInt("wakes"),
                woken(row),
                regions(row.getArray("given_up")));
    }

    private static Instant woken(ResultSet row) throws SQLException {
        var woken = row.getObject("woken_at", OffsetDateTime.class);
        return (woken == null ? row.getObject("opened_at", OffsetDateTime.class) : woken).toInstant();
    }

    private static Set<RegionCode> regions(Array codes) throws SQLException {
        return Stream.of((String[]) codes.getArray()).map(RegionCode::new).collect(Collectors.toUnmodifiableSet());
    }
}
