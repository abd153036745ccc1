package org.jiexu.transferout.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jiexu.transferout.domain.OutgoingCase;
import org.jiexu.transferout.domain.OutgoingCase.Relationship;
import org.jiexu.transferout.domain.State;
import org.jiexu.transferout.domain.Terms;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of outgoing cases: one per number, locked while it is decided about. */
@Repository
public class CaseStore {
    private static final String OPEN = "state in ('HOLDING', 'HOLD_REFUSED', 'HELD', 'ISSUED', 'RETURNED')";

    private final JdbcClient jdbc;

    CaseStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What of a state stands in columns of its own; nothing for what the state does not say. */
    private record Columns(
            @Nullable Integer attempt,
            @Nullable Long amount,
            @Nullable Integer sheetVersion,
            @Nullable Integer remittances,
            @Nullable Boolean moneyCameBack,
            @Nullable String reasons,
            @Nullable Long paidOut,
            @Nullable Long holdAgainAfterSeconds) {
        static final Columns NONE = new Columns(null, null, null, null, null, null);

        Columns(
                @Nullable Integer attempt,
                @Nullable Long amount,
                @Nullable Integer sheetVersion,
                @Nullable Integer remittances,
                @Nullable Boolean moneyCameBack,
                @Nullable String reasons) {
            this(attempt, amount, sheetVersion, remittances, moneyCameBack, reasons, null, null);
        }

        static Columns of(State state) {
            return switch (state) {
                case State.NoCase _ -> NONE;
                case State.Holding s -> new Columns(s.attempt(), null, null, null, null, null);
                case State.HoldRefused s ->
                    new Columns(
                            s.attempt(),
                            null,
                            null,
                            null,
                            null,
                            text(List.of(s.reason())),
                            null,
                            s.untilNextTry().toSeconds());
                case State.Held s -> new Columns(null, s.amount().value(), null, null, null, null);
                case State.Issued s ->
                    new Columns(null, s.amount().value(), s.version(), s.remittances(), s.moneyCameBack(), null);
                case State.Returned s ->
                    new Columns(
                            null,
                            s.amount().value(),
                            s.version(),
                            s.remittances(),
                            s.moneyCameBack(),
                            text(s.reasons()));
                case State.Completed s ->
                    new Columns(
                            null,
                            null,
                            null,
                            s.remittances(),
                            s.moneyCameBack(),
                            null,
                            s.paidOut().value(),
                            null);
                case State.Withdrawn _ -> NONE;
                case State.Declined s -> new Columns(null, null, null, null, null, text(s.reasons()));
            };
        }

        private static String text(List<CodedReason> reasons) {
            return WireJson.text(reasons);
        }
    }

    public Optional<OutgoingCase> find(CaseNumber number) {
        return jdbc.sql("select * from outgoing_case where number = :number")
                .param("number", number.value())
                .query(CaseStore::outgoingCase)
                .optional();
    }

    /** Nobody else decides about the case until this transaction ends. */
    public Optional<OutgoingCase> lock(CaseNumber number) {
        return jdbc.sql("select * from outgoing_case where number = :number for update")
                .param("number", number.value())
                .query(CaseStore::outgoingCase)
                .optional();
    }

    /** The open case of a relationship, whichever number it has (R1.6). */
    public Optional<OutgoingCase> lockOpen(PersonId person, RegionCode sending, Scheme scheme) {
        return jdbc.sql("""
            select * from outgoing_case
             where person = :person and sending = :sending and from_scheme = :scheme and %s
               for update
            """.formatted(OPEN))
                .param("person", person.value())
                .param("sending", sending.value())
                .param("scheme", scheme.code())
                .query(CaseStore::outgoingCase)
                .optional();
    }

    /** False when the number, or another open case of the relationship, is already there. */
    public boolean insert(OutgoingCase fresh, State state, Instant at) {
        var relationship = fresh.relationship();
        var terms = relationship == null ? Terms.ORDINARY : relationship.terms();
        var columns = Columns.of(state);
        return jdbc.sql("""
            insert into outgoing_case (number, sending, receiving, person, from_scheme, to_scheme, accepted_at,
                                       wish, account, instant, state, attempt, reasons, opened_at, changed_at, version)
            values (:number, :sending, :receiving, :person, :fromScheme, :toScheme, :acceptedAt,
                    :wish, :account, :instant, :state, coalesce(cast(:attempt as int), 0), coalesce(cast(:reasons as jsonb), '[]'), :at, :at, 1)
            on conflict do nothing
            """)
                        .param("number", fresh.number().value())
                        .param("sending", fresh.sending().value())
                        .param("receiving", fresh.receiving().value())
                        .param(
                                "person",
                                relationship == null
                                        ? null
                                        : relationship.person().value())
                        .param(
                                "fromScheme",
                                relationship == null
                                        ? null
                                        : relationship.scheme().code())
                        .param(
                                "toScheme",
                                relationship == null
                                        ? null
                                        : relationship.toScheme().code())
                        .param("acceptedAt", relationship == null ? null : utc(relationship.acceptedAt()))
                        .param("wish", terms.wish().name())
                        .param("account", terms.account().name())
                        .param("instant", terms.instant())
                        .param("state", state.name().name())
                        .param("attempt", columns.attempt())
                        .param("reasons", columns.reasons())
                        .param("at", utc(at))
                        .update()
                == 1;
    }

    /** What a state does not say keeps its last value: an ended case still shows its amount. */
    public void save(OutgoingCase before, State next, Instant at) {
        var columns = Columns.of(next);
        int rows = jdbc.sql("""
            update outgoing_case
               set state = :state,
                   attempt = coalesce(cast(:attempt as int), attempt),
                   amount = coalesce(cast(:amount as bigint), amount),
                   sheet_version = coalesce(cast(:sheetVersion as int), sheet_version),
                   remittances = coalesce(cast(:remittances as int), remittances),
                   money_came_back = coalesce(cast(:moneyCameBack as boolean), money_came_back),
                   reasons = coalesce(cast(:reasons as jsonb), reasons),
                   paid_out = coalesce(cast(:paidOut as bigint), paid_out),
                   hold_due = case when instant then now() + make_interval(secs => cast(:holdAgain as bigint)) end,
                   sheet_due = case when :state = 'HELD' then now() end,
                   sheet_error = null,
                   changed_at = :at,
                   version = version + 1
             where number = :number and version = :version
            """)
                .param("state", next.name().name())
                .param("attempt", columns.attempt())
                .param("amount", columns.amount())
                .param("sheetVersion", columns.sheetVersion())
                .param("remittances", columns.remittances())
                .param("moneyCameBack", columns.moneyCameBack())
                .param("reasons", columns.reasons())
                .param("paidOut", columns.paidOut())
                .param("holdAgain", columns.holdAgainAfterSeconds())
                .param("at", utc(at))
                .param("number", before.number().value())
                .param("version", before.version())
                .update();
        if (rows != 1) {
            throw new OptimisticLockingFailureException(before.number() + " moved while it was decided about");
        }
    }

    /**
     * Takes due sheets for this instance until the lease ends; another instance passes them by. Those of instant cases, all
     * of regions where the system issues, and once each that has no money, because it may have no months either.
     */
    public List<OutgoingCase> claimSheets(
            Collection<RegionCode> sending, Collection<RegionCode> automatic, int most, Duration lease) {
        return jdbc.sql("""
            update outgoing_case set sheet_due = now() + make_interval(secs => :lease)
             where number in (select number from outgoing_case
                               where sheet_due <= now() and state = 'HELD'
                                 and sending = any(cast(:sending as text[]))
                                 and (instant or sending = any(cast(:automatic as text[]))
                                      or amount = 0 and from_scheme = :employee and not seen_with_months)
                               order by sheet_due limit :most for update skip locked)
            returning *
            """)
                .param("lease", lease.toSeconds())
                .param("sending", codes(sending))
                .param("automatic", codes(automatic))
                .param("employee", Scheme.EMPLOYEE.code())
                .param("most", most)
                .query(CaseStore::outgoingCase)
                .list();
    }

    /** Takes refused holds of instant cases that are to be tried again now; another instance passes them by. */
    public List<OutgoingCase> claimRefusedHolds(Collection<RegionCode> sending, int most, Duration lease) {
        return jdbc.sql("""
            update outgoing_case set hold_due = now() + make_interval(secs => :lease)
             where number in (select number from outgoing_case
                               where hold_due <= now() and state = 'HOLD_REFUSED'
                                 and sending = any(cast(:sending as text[]))
                               order by hold_due limit :most for update skip locked)
            returning *
            """)
                .param("lease", lease.toSeconds())
                .param("sending", codes(sending))
                .param("most", most)
                .query(CaseStore::outgoingCase)
                .list();
    }

    /** Gives a claimed sheet back, to be tried again; {@code error} is for staff, none when it is not the case's fault. */
    public void postponeSheet(CaseNumber number, Duration wait, @Nullable String error) {
        jdbc.sql("""
            update outgoing_case
               set sheet_due = now() + make_interval(secs => :wait), sheet_error = coalesce(:error, sheet_error)
             where number = :number and state = 'HELD'
            """)
                .param("wait", wait.toSeconds())
                .param("error", error)
                .param("number", number.value())
                .update();
    }

    /** There are months: people issue this sheet. */
    public void leaveToPeople(CaseNumber number) {
        jdbc.sql("update outgoing_case set seen_with_months = true, sheet_due = now() where number = :number")
                .param("number", number.value())
                .update();
    }

    private static String[] codes(Collection<RegionCode> regions) {
        return regions.stream().map(RegionCode::value).toArray(String[]::new);
    }

    static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    static List<CodedReason> reasons(ResultSet row) throws SQLException {
        return List.of(WireJson.read(row.getString("reasons"), CodedReason[].class));
    }

    private static OutgoingCase outgoingCase(ResultSet row, int n) throws SQLException {
        return new OutgoingCase(
                new CaseNumber(row.getString("number")),
                new RegionCode(row.getString("sending")),
                relationship(row),
                state(row),
                row.getInt("version"));
    }

    private static @Nullable Relationship relationship(ResultSet row) throws SQLException {
        var person = row.getString("person");
        return person == null
                ? null
                : new Relationship(
                        new PersonId(person),
                        Scheme.ofCode(row.getString("from_scheme")),
                        Scheme.ofCode(row.getString("to_scheme")),
                        row.getObject("accepted_at", OffsetDateTime.class).toInstant(),
                        new Terms(
                                AccountWish.valueOf(row.getString("wish")),
                                AccountWish.valueOf(row.getString("account")),
                                row.getBoolean("instant")));
    }

    private static State state(ResultSet row) throws SQLException {
        var amount = Fen.of(row.getLong("amount"));
        int version = row.getInt("sheet_version");
        int remittances = row.getInt("remittances");
        boolean back = row.getBoolean("money_came_back");
        return switch (State.Name.valueOf(row.getString("state"))) {
            case NO_CASE -> new State.NoCase();
            case HOLDING -> new State.Holding(row.getInt("attempt"));
            case HOLD_REFUSED ->
                new State.HoldRefused(row.getInt("attempt"), reasons(row).getFirst());
            case HELD -> new State.Held(amount);
            case ISSUED -> new State.Issued(version, amount, remittances, back);
            case RETURNED -> new State.Returned(version, amount, remittances, back, reasons(row));
            case COMPLETED -> new State.Completed(Fen.of(row.getLong("paid_out")), remittances, back);
            case WITHDRAWN -> new State.Withdrawn();
            case DECLINED -> new State.Declined(reasons(row));
        };
    }
}
