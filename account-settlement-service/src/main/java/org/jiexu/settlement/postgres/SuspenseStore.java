package org.jiexu.settlement.postgres;

import static org.jiexu.settlement.postgres.LedgerStore.utc;
import static org.jiexu.settlement.postgres.LedgerViews.instant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jiexu.settlement.domain.ArrivalId;
import org.jiexu.settlement.domain.Route;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 挂账存储 — what people have to do with money in suspense: the list, and what two persons have said of it. */
@Repository
public class SuspenseStore {
    private final JdbcClient jdbc;

    public SuspenseStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public record SuspenseItem(
            RemittanceNumber remittance,
            RegionCode from,
            Fen amount,
            Route route,
            String place,
            String reason,
            Instant arrivedAt,
            Optional<SendBackStep> sendBack,
            Optional<MatchStep> match) {}

    /** 挂账清单 — money in suspense: waiting for its sheet, or for people. */
    public List<SuspenseItem> suspense(RegionCode region, String afterNumber, int afterN, String afterFrom, int most) {
        return jdbc.sql("""
            select a.*, s.state as send_back, s.prepared_by, s.prepared_at,
                   m.state as match, m.matched_to as match_to, m.person as match_person,
                   m.prepared_by as match_by, m.prepared_at as match_at
              from arrival a
              left join send_back s on s.number = a.number and s.from_region = a.from_region and s.n = a.n
              left join hand_match m on m.number = a.number and m.from_region = a.from_region and m.n = a.n
             where a.region = :region and a.place in ('HERE', 'SUSPENDED')
               and (a.number, a.n, a.from_region) > (:number, :n, :from)
             order by a.number, a.n, a.from_region limit :most
            """)
                .param("region", region.value())
                .param("number", afterNumber)
                .param("n", afterN)
                .param("from", afterFrom)
                .param("most", most)
                .query((row, n) -> new SuspenseItem(
                        RemittanceNumber.parse(row.getString("number") + "-" + row.getInt("n")),
                        new RegionCode(row.getString("from_region")),
                        Fen.of(row.getLong("amount")),
                        Route.valueOf(row.getString("route")),
                        row.getString("place"),
                        row.getString("reason"),
                        instant(row, "arrived_at"),
                        row.getString("send_back") == null
                                ? Optional.empty()
                                : Optional.of(new SendBackStep(
                                        row.getString("send_back"),
                                        row.getString("prepared_by"),
                                        instant(row, "prepared_at"))),
                        row.getString("match") == null
                                ? Optional.empty()
                                : Optional.of(new MatchStep(
                                        row.getString("match"),
                                        new CaseNumber(row.getString("match_to")),
                                        new PersonId(row.getString("match_person")),
                                        row.getString("match_by"),
                                        instant(row, "match_at")))))
                .list();
    }

    /** 可匹配业务 — a case of the region that waits for exactly this amount. */
    public record OpenOrder(CaseNumber number, PersonId person, Fen amount, Instant since) {}

    /** Those whose old region is the sender, or is not known, in the order of their numbers, after the given one. */
    public List<OpenOrder> openOrders(RegionCode region, RegionCode sender, Fen amount, String after, int most) {
        return jdbc.sql("""
            select number, person, amount, changed_at from receiving_case
             where region = :region and order_state = 'DUE' and amount = :amount and number > :after
               and from_region in ('', :sender)
             order by number limit :most
            """)
                .param("region", region.value())
                .param("amount", amount.value())
                .param("sender", sender.value())
                .param("after", after)
                .param("most", most)
                .query((row, n) -> new OpenOrder(
                        new CaseNumber(row.getString("number")),
                        new PersonId(row.getString("person")),
                        Fen.of(row.getLong("amount")),
                        instant(row, "changed_at")))
                .list();
    }

    /** 退汇办理 — how far the sending back of an arrival is; {@code state} is PREPARED or DONE. */
    public record SendBackStep(String state, String preparedBy, Instant preparedAt) {
        public boolean isDone() {
            return state.equals("DONE");
        }
    }

    public Optional<SendBackStep> sendBack(CaseNumber number, ArrivalId id) {
        return jdbc.sql("""
            select state, prepared_by, prepared_at from send_back
             where number = :number and from_region = :from and n = :n
            """)
                .param("number", number.value())
                .param("from", id.from().value())
                .param("n", id.n())
                .query((row, n) -> new SendBackStep(
                        row.getString("state"), row.getString("prepared_by"), instant(row, "prepared_at")))
                .optional();
    }

    /** The first clerk's word stands; a second one changes nothing. */
    public void prepareSendBack(CaseNumber number, ArrivalId id, String by, Instant now) {
        jdbc.sql("""
            insert into send_back (number, from_region, n, state, prepared_by, prepared_at)
            values (:number, :from, :n, 'PREPARED', :by, :now) on conflict (number, from_region, n) do nothing
            """)
                .param("number", number.value())
                .param("from", id.from().value())
                .param("n", id.n())
                .param("by", by)
                .param("now", utc(now))
                .update();
    }

    public void approveSendBack(CaseNumber number, ArrivalId id, String by, Instant now) {
        int rows = jdbc.sql("""
            update send_back set state = 'DONE', approved_by = :by, approved_at = :now
             where number = :number and from_region = :from and n = :n and state = 'PREPARED'
            """)
                .param("number", number.value())
                .param("from", id.from().value())
                .param("n", id.n())
                .param("by", by)
                .param("now", utc(now))
                .update();
        if (rows != 1) {
            throw new IllegalStateException("a sending back that nobody prepared");
        }
    }

    /** 匹配办理 — how far the matching of an arrival is; {@code state} is PREPARED or DONE. */
    public record MatchStep(String state, CaseNumber to, PersonId person, String preparedBy, Instant preparedAt) {
        public boolean isDone() {
            return state.equals("DONE");
        }
    }

    public Optional<MatchStep> match(CaseNumber number, ArrivalId id) {
        return jdbc.sql("""
            select state, matched_to, person, prepared_by, prepared_at from hand_match
             where number = :number and from_region = :from and n = :n for update
            """)
                .param("number", number.value())
                .param("from", id.from().value())
                .param("n", id.n())
                .query((row, n) -> new MatchStep(
                        row.getString("state"),
                        new CaseNumber(row.getString("matched_to")),
                        new PersonId(row.getString("person")),
                        row.getString("prepared_by"),
                        instant(row, "prepared_at")))
                .optional();
    }

    /** The last word of a clerk stands until it is approved. */
    public void prepareMatch(CaseNumber number, ArrivalId id, CaseNumber to, PersonId person, String by, Instant now) {
        jdbc.sql("""
            insert into hand_match (number, from_region, n, matched_to, person, state, prepared_by, prepared_at)
            values (:number, :from, :n, :to, :person, 'PREPARED', :by, :now)
            on conflict (number, from_region, n) do update
               set matched_to = excluded.matched_to, person = excluded.person, prepared_by = excluded.prepared_by,
                   prepared_at = excluded.prepared_at
             where hand_match.state = 'PREPARED'
            """)
                .param("number", number.value())
                .param("from", id.from().value())
                .param("n", id.n())
                .param("to", to.value())
                .param("person", person.value())
                .param("by", by)
                .param("now", utc(now))
                .update();
    }

    public void approveMatch(CaseNumber number, ArrivalId id, String by, Instant now) {
        int rows = jdbc.sql("""
            update hand_match set state = 'DONE', approved_by = :by, approved_at = :now
             where number = :number and from_region = :from and n = :n and state = 'PREPARED'
            """)
                .param("number", number.value())
                .param("from", id.from().value())
                .param("n", id.n())
                .param("by", by)
                .param("now", utc(now))
                .update();
        if (rows != 1) {
            throw new IllegalStateException("a match that nobody prepared");
        }
    }
}
