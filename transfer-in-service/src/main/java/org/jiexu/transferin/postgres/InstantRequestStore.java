package org.jiexu.transferin.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 即时转移申请 — one request, one line per old region. */
@Repository
public class InstantRequestStore {
    private final JdbcClient jdbc;

    /** 申请. */
    public record InstantRequest(UUID id, RegionCode receiving, String subject, PersonId person) {}

    /** One old region; no number while the application is being handed in. */
    public record Line(RegionCode sending, @Nullable CaseNumber number) {}

    public InstantRequestStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void insert(InstantRequest request, List<RegionCode> chosen, Instant at) {
        jdbc.sql("""
            insert into instant_request (id, receiving, subject, person, asked_at)
            values (:id, :receiving, :subject, :person, :at)
            """)
                .param("id", request.id())
                .param("receiving", request.receiving().value())
                .param("subject", request.subject())
                .param("person", request.person().value())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
        for (var sending : chosen) {
            jdbc.sql("insert into instant_request_line (request, sending) values (:id, :sending)")
                    .param("id", request.id())
                    .param("sending", sending.value())
                    .update();
        }
    }

    public void applied(UUID request, RegionCode sending, CaseNumber number) {
        jdbc.sql("update instant_request_line set number = :number where request = :request and sending = :sending")
                .param("number", number.value())
                .param("request", request)
                .param("sending", sending.value())
                .update();
    }

    public Optional<InstantRequest> find(UUID id) {
        return jdbc.sql("select * from instant_request where id = :id")
                .param("id", id)
                .query(InstantRequestStore::request)
                .optional();
    }

    public List<Line> lines(UUID request) {
        return jdbc.sql("select * from instant_request_line where request = :request order by sending")
                .param("request", request)
                .query(InstantRequestStore::line)
                .list();
    }

    /** How many of the request's cases have not reached an end yet. */
    public int open(UUID request) {
        return jdbc.sql("""
            select count(*) from instant_request_line l join transfer_case c on c.number = l.number
             where l.request = :request and c.state not in ('REFUSED', 'COMPLETED', 'WITHDRAWN', 'DECLINED')
            """).param("request", request).query(Integer.class).single();
    }

    private static InstantRequest request(ResultSet row, int n) throws SQLException {
        return new InstantRequest(
                row.getObject("id", UUID.class),
                new RegionCode(row.getString("receiving")),
                row.getString("subject"),
                new PersonId(row.getString("person")));
    }

    private static Line line(ResultSet row, int n) throws SQLException {
        var number = row.getString("number");
        return new Line(new RegionCode(row.getString("sending")), number == null ? null : new CaseNumber(number));
    }
}
