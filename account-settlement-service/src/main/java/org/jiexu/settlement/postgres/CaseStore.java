package org.jiexu.settlement.postgres;

import static org.jiexu.settlement.postgres.LedgerStore.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.ArrivalId;
import org.jiexu.settlement.domain.ReceivingCase;
import org.jiexu.settlement.domain.ReceivingCase.Arrival;
import org.jiexu.settlement.domain.ReceivingCase.Order;
import org.jiexu.settlement.domain.ReceivingCase.Place;
import org.jiexu.settlement.domain.Route;
import org.jiexu.settlement.domain.SendingCase;
import org.jiexu.settlement.domain.SendingCase.State;
import org.jiexu.wire.contract.NotDueReason;
import org.jiexu.wire.contract.SuspenseReason;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 案件存储 — the two cases. A state is kept by its name; what it does not have is written as empty or 0. */
@Repository
public class CaseStore {
    private final JdbcClient jdbc;

    public CaseStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The case as it stands, its row locked until the transaction ends. */
    public State lock(SendingCase.Subject at) {
        var state = lockRow(at);
        if (state.isEmpty()) {
            // Nothing to lock yet, and a message and a replay may both begin it: the second waits and looks again.
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:case, 1))")
                    .param("case", at.region() + " " + at.number())
                    .query((row, n) -> n)
                    .single();
            state = lockRow(at);
        }
        return state.orElse(new State.None());
    }

    private Optional<State> lockRow(SendingCase.Subject at) {
        return jdbc.sql("select * from sending_case where region = :region and number = :number for update")
                .param("region", at.region().value())
                .param("number", at.number().value())
                .query(CaseStore::readState)
                .optional();
    }

    public void save(SendingCase.Subject at, State state, Instant now) {
        record Row(String state, int attempt, String person, Fen amount, int sent, Route route) {
            // Where the route does not matter any more, or not yet.
            Row(String state, int attempt, String person, Fen amount, int sent) {
                this(state, attempt, person, amount, sent, Route.TRANSIT);
            }
        }
        var row = switch (state) {
            case State.None _ -> throw new IllegalArgumentException("no case moves back to nothing");
            case State.Empty _ -> new Row("EMPTY", 0, "", Fen.ZERO, 0);
            case State.Refused(int attempt) -> new Row("REFUSED", attempt, "", Fen.ZERO, 0);
            case State.Held s -> new Row("HELD", 0, s.person().value(), s.amount(), s.sent());
            case State.Kept s -> new Row("KEPT", 0, s.person().value(), s.amount(), 0);
            case State.PaidOut s -> new Row("PAID_OUT", 0, s.person().value(), s.amount(), 0);
            case State.Remitted s -> new Row("REMITTED", 0, s.person().value(), s.amount(), s.sent(), s.route());
            case State.Settled s -> new Row("SETTLED", 0, s.person().value(), s.amount(), s.sent());
            case State.Released(int sent) -> new Row("RELEASED", 0, "", Fen.ZERO, sent);
            case State.Home s -> new Row("HOME", 0, s.person().value(), s.amount(), s.sent());
        };
        jdbc.sql("""
            insert into sending_case (region, number, state, attempt, person, amount, sent, route, changed_at)
            values (:region, :number, :state, :attempt, :person, :amount, :sent, :route, :now)
            on conflict (region, number) do update
               set state = excluded.state, attempt = excluded.attempt, person = excluded.person,
                   amount = excluded.amount, sent = excluded.sent, route = excluded.route,
                   changed_at = excluded.changed_at
            """)
                .param("region", at.region().value())
                .param("number", at.number().value())
                .param("state", row.state())
                .param("attempt", row.attempt())
                .param("person", row.person())
                .param("amount", row.amount().value())
                .param("sent", row.sent())
                .param("route", row.route().name())
                .param("now", utc(now))
                .update();
    }

    /** The cases for which this account's money is kept until they are completed, locked. */
    public List<CaseNumber> lockKept(AccountKey.Personal account) {
        return jdbc.sql("""
            select number from sending_case
             where region = :region and person = :person and state = 'KEPT' order by number for update
            """)
                .param("region", account.ledger().value())
                .param("person", account.person().value())
                .query((row, n) -> new CaseNumber(row.getString("number")))
                .list();
    }

    /** The case as it stands, its row locked until the transaction ends. */
    public ReceivingCase lock(CaseNumber number) {
        var order = lockOrder(number);
        if (order.isEmpty()) {
            // Nothing to lock yet, and a message and a clerk may both begin it: the second waits and looks again.
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:number, 0))")
                    .param("number", number.value())
                    .query((row, n) -> n)
                    .single();
            order = lockOrder(number);
        }
        return withArrivals(number, order);
    }

    /** The case as it stands, for those who only look. */
    public ReceivingCase read(CaseNumber number) {
        return withArrivals(
                number,
                jdbc.sql("select * from receiving_case where number = :number")
                        .param("number", number.value())
                        .query(CaseStore::readOrder)
                        .optional());
    }

    private ReceivingCase withArrivals(CaseNumber number, Optional<Order> order) {
        if (order.isEmpty()) {
            return ReceivingCase.unknown(number);
        }
        var arrivals = new TreeMap<ArrivalId, Arrival>();
        jdbc.sql("select * from arrival where number = :number order by n, from_region")
                .param("number", number.value())
                .query(CaseStore::readArrival)
                .list()
                .forEach(arrival -> arrivals.put(arrival.id(), arrival));
        return new ReceivingCase(number, order.get(), arrivals);
    }

    private Optional<Order> lockOrder(CaseNumber number) {
        return jdbc.sql("select * from receiving_case where number = :number for update")
                .param("number", number.value())
                .query(CaseStore::readOrder)
                .optional();
    }

    /** Writes the order, and of the arrivals those that are not what they were. */
    public void save(ReceivingCase before, ReceivingCase after, Instant now) {
        record Row(String state, String person, Fen amount, String reason) {}
        var row = switch (after.order()) {
            case Order.None _ -> new Row("NONE", "", Fen.ZERO, "");
            case Order.Due o -> new Row("DUE", o.person().value(), o.amount(), "");
            case Order.NotDue o -> new Row("NOT_DUE", "", Fen.ZERO, o.reason().name());
            case Order.Paid o -> new Row("PAID", o.person().value(), o.amount(), "");
        };
        jdbc.sql("""
            insert into receiving_case (number, region, order_state, person, amount, reason, from_region, changed_at)
            values (:number, :region, :state, :person, :amount, :reason, :from, :now)
            on conflict (number) do update
               set order_state = excluded.order_state, person = excluded.person, amount = excluded.amount,
                   reason = excluded.reason, from_region = excluded.from_region, changed_at = excluded.changed_at
            """)
                .param("number", after.number().value())
                .param("region", after.number().receivingRegion().value())
                .param("state", row.state())
                .param("person", row.person())
                .param("amount", row.amount().value())
                .param("reason", row.reason())
                .param("from", oldRegion(after.order()))
                .param("now", utc(now))
                .update();
        for (var arrival : after.arrivals().values()) {
            if (!arrival.equals(before.arrivals().get(arrival.id()))) {
                save(after.number(), arrival, now);
            }
        }
    }

    private void save(CaseNumber number, Arrival arrival, Instant now) {
        record Row(String place, String reason, String matchedTo) {}
        var row = switch (arrival.place()) {
            case Place.Here _ -> new Row("HERE", "", "");
            case Place.Credited _ -> new Row("CREDITED", "", "");
            case Place.Suspended(var reason) -> new Row("SUSPENDED", reason.name(), "");
            case Place.Matched(var to) -> new Row("MATCHED", "", to.value());
            case Place.SentBack _ -> new Row("SENT_BACK", "", "");
        };
        jdbc.sql("""
            insert into arrival (number, n, region, from_region, amount, route, place, reason, matched_to,
                                 arrived_at, changed_at)
            values (:number, :n, :region, :from, :amount, :route, :place, :reason, :matchedTo, :now, :now)
            on conflict (number, from_region, n) do update
               set place = excluded.place, reason = excluded.reason, matched_to = excluded.matched_to,
                   changed_at = excluded.changed_at
            """)
                .param("number", number.value())
                .param("n", arrival.n())
                .param("region", number.receivingRegion().value())
                .param("from", arrival.from().value())
                .param("amount", arrival.amount().value())
                .param("route", arrival.route().name())
                .param("place", row.place())
                .param("reason", row.reason())
                .param("matchedTo", row.matchedTo())
                .param("now", utc(now))
                .update();
    }

    private static String oldRegion(Order order) {
        var from = order.oldRegion();
        return from == null ? "" : from.value();
    }

    private static State readState(ResultSet row, int n) throws SQLException {
        var amount = Fen.of(row.getLong("amount"));
        int sent = row.getInt("sent");
        var name = row.getString("state");
        return switch (name) {
            case "EMPTY" -> new State.Empty();
            case "REFUSED" -> new State.Refused(row.getInt("attempt"));
            case "HELD" -> new State.Held(person(row), amount, sent);
            case "KEPT" -> new State.Kept(person(row), amount);
            case "PAID_OUT" -> new State.PaidOut(person(row), amount);
            case "REMITTED" -> new State.Remitted(person(row), amount, sent, Route.valueOf(row.getString("route")));
            case "SETTLED" -> new State.Settled(person(row), amount, sent);
            case "RELEASED" -> new State.Released(sent);
            case "HOME" -> new State.Home(person(row), amount, sent);
            default -> throw new IllegalStateException("no state is called " + name);
        };
    }

    private static Order readOrder(ResultSet row, int n) throws SQLException {
        var amount = Fen.of(row.getLong("amount"));
        var name = row.getString("order_state");
        var from = row.getString("from_region");
        var oldRegion = from.isEmpty() ? null : new RegionCode(from);
        return switch (name) {
            case "NONE" -> new Order.None();
            case "DUE" -> new Order.Due(person(row), amount, oldRegion);
            case "NOT_DUE" -> new Order.NotDue(NotDueReason.valueOf(row.getString("reason")), oldRegion);
            case "PAID" -> new Order.Paid(person(row), amount, oldRegion);
            default -> throw new IllegalStateException("no order is called " + name);
        };
    }

    private static Arrival readArrival(ResultSet row, int n) throws SQLException {
        var name = row.getString("place");
        var place = switch (name) {
            case "HERE" -> new Place.Here();
            case "CREDITED" -> new Place.Credited();
            case "SUSPENDED" -> new Place.Suspended(SuspenseReason.valueOf(row.getString("reason")));
            case "MATCHED" -> new Place.Matched(new CaseNumber(row.getString("matched_to")));
            case "SENT_BACK" -> new Place.SentBack();
            default -> throw new IllegalStateException("no place is called " + name);
        };
        return new Arrival(
                row.getInt("n"),
                new RegionCode(row.getString("from_region")),
                Fen.of(row.getLong("amount")),
                Route.valueOf(row.getString("route")),
                place);
    }

    private static PersonId person(ResultSet row) throws SQLException {
        return new PersonId(row.getString("person"));
    }
}
