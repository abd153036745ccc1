package org.jiexu.transferout.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jiexu.transferout.domain.State;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads cases for people: lists and single cases, without locks. */
@Repository
public class CaseList {
    private final JdbcClient jdbc;

    CaseList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One case as staff see it; {@code position} orders the list, oldest first. */
    public record Line(
            long position,
            CaseNumber number,
            RegionCode sending,
            @Nullable String person,
            @Nullable String fromScheme,
            @Nullable String toScheme,
            @Nullable Instant acceptedAt,
            State.Name state,
            int attempt,
            @Nullable Fen amount,
            int sheetVersion,
            int remittances,
            boolean moneyCameBack,
            List<CodedReason> reasons,
            @Nullable String sheetError,
            AccountWish account,
            boolean instant,
            Fen paidOut,
            @Nullable Instant holdAgainAt,
            Instant changedAt) {}

    public Optional<Line> find(CaseNumber number) {
        return jdbc.sql("select * from outgoing_case where number = :number")
                .param("number", number.value())
                .query(CaseList::line)
                .optional();
    }

    public List<Line> list(RegionCode sending, State.@Nullable Name state, long after, int most) {
        return jdbc.sql("""
            select * from outgoing_case
             where sending = :sending and (cast(:state as text) is null or state = :state) and position > :after
             order by position limit :most
            """)
                .param("sending", sending.value())
                .param("state", state == null ? null : state.name())
                .param("after", after)
                .param("most", most)
                .query(CaseList::line)
                .list();
    }

    private static Line line(ResultSet row, int n) throws SQLException {
        long amount = row.getLong("amount");
        var known = row.wasNull() ? null : Fen.of(amount);
        var acceptedAt = row.getObject("accepted_at", OffsetDateTime.class);
        var holdDue = row.getObject("hold_due", OffsetDateTime.class);
        return new Line(
                row.getLong("position"),
                new CaseNumber(row.getString("number")),
                new RegionCode(row.getString("sending")),
                row.getString("person"),
                row.getString("from_scheme"),
                row.getString("to_scheme"),
                acceptedAt == null ? null : acceptedAt.toInstant(),
                State.Name.valueOf(row.getString("state")),
                row.getInt("attempt"),
                known,
                row.getInt("sheet_version"),
                row.getInt("remittances"),
                row.getBoolean("money_came_back"),
                CaseStore.reasons(row),
                row.getString("sheet_error"),
                AccountWish.valueOf(row.getString("account")),
                row.getBoolean("instant"),
                Fen.of(row.getLong("paid_out")),
                holdDue == null ? null : holdDue.toInstant(),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }
}
