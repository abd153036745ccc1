package org.jiexu.transferin.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jiexu.transferin.domain.Application;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Channel;
import org.jiexu.transferin.domain.EmployerList;
import org.jiexu.transferin.domain.LineFault;
import org.jiexu.transferin.domain.ListedLine;
import org.jiexu.transferin.domain.Proof;
import org.jiexu.transferin.domain.Wishes;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 单位名单 — the rows of transfer_batch and its lines. */
@Repository
public class ListStore {
    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;

    public ListStore(JdbcClient jdbc, NamedParameterJdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** A line taken up: its number is stored already. */
    public record ClaimedLine(EmployerList list, int line, CaseNumber number, Application application) {
        /** Without the person. */
        @Override
        public String toString() {
            return "ClaimedLine[" + list.id() + ", " + line + ", " + number + "]";
        }
    }

    /** What has become of a line: its case as it stands now, or its faults, or neither while it waits. */
    public record LineResult(
            int line, @Nullable CaseNumber number, @Nullable CaseFile file, List<LineFault> faults) {}

    /** False when this employer has handed in that very text before. */
    public boolean insert(EmployerList list) {
        return jdbc.sql("""
            insert into transfer_batch (id, region, uscc, subject, digest, lines, started_at)
            values (:id, :region, :uscc, :subject, :digest, 0, :startedAt)
            on conflict (region, uscc, digest) do nothing
            """)
                        .param("id", list.id())
                        .param("region", list.region().value())
                        .param("uscc", list.uscc())
                        .param("subject", list.subject())
                        .param("digest", list.digest())
                        .param("startedAt", list.startedAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    public void insertLines(String id, List<ListedLine> lines) {
        batches.batchUpdate("""
            insert into transfer_batch_line (batch, line, state, certificate_type, certificate_number, name, sending,
                                             from_scheme, cause, agreement_version, faults)
            values (:batch, :line, :state, :certificateType, :certificateNumber, :name, :sending, :fromScheme, :cause,
                    :agreementVersion, cast(:faults as jsonb))
            """, lines.stream().map(line -> columns(id, line)).toArray(MapSqlParameterSource[]::new));
    }

    public void countLines(String id, int lines) {
        jdbc.sql("update transfer_batch set lines = :lines where id = :id")
                .param("lines", lines)
                .param("id", id)
                .update();
    }

    public Optional<EmployerList> find(String id) {
        return jdbc.sql("select * from transfer_batch where id = :id")
                .param("id", id)
                .query(ListStore::list)
                .optional();
    }

    public Optional<EmployerList> find(RegionCode region, String uscc, String digest) {
        return jdbc.sql("select * from transfer_batch where region = :region and uscc = :uscc and digest = :digest")
                .param("region", region.value())
                .param("uscc", uscc)
                .param("digest", digest)
                .query(ListStore::list)
                .optional();
    }

    /** The newest first, before position {@code before}; one employer's alone where {@code uscc} names it. */
    public List<EmployerList> of(RegionCode region, @Nullable String uscc, long before, int limit) {
        return jdbc.sql("""
            select * from transfer_batch
             where region = :region and (cast(:uscc as text) is null or uscc = :uscc) and position < :before
             order by position desc limit :limit
            """)
                .param("region", region.value())
                .param("uscc", uscc)
                .param("before", before)
                .param("limit", limit)
                .query(ListStore::list)
                .list();
    }

    /** Counted from the cases as they stand now. */
    public EmployerList.Progress progress(String id) {
        return jdbc.sql("""
            select count(*) filter (where l.state = 'WAITING') as waiting,
                   count(*) filter (where l.state = 'FAULTY') as faulty,
                   count(*) filter (where l.state = 'APPLIED' and c.accepted_at is not null) as accepted,
                   count(*) filter (where l.state = 'APPLIED' and c.state = 'REFUSED') as refused,
                   count(*) filter (where l.state = 'APPLIED' and c.accepted_at is null and c.state = 'WITHDRAWN')
                       as withdrawn,
                   count(*) filter (where l.state = 'APPLIED') as applied,
                   coalesce(extract(epoch from max(l.applied_at) - min(b.taken_at)), 0) as seconds
              from transfer_batch b
              join transfer_batch_line l on l.batch = b.id
              left join transfer_case c on c.number = l.number
             where b.id = :id
            """)
                .param("id", id)
                .query((row, n) -> new EmployerList.Progress(
                        row.getInt("waiting"),
                        row.getInt("applied")
                                - row.getInt("accepted")
                                - row.getInt("refused")
                                - row.getInt("withdrawn"),
                        row.getInt("accepted"),
                        row.getInt("refused"),
                        row.getInt("withdrawn"),
                        row.getInt("faulty"),
                        row.getDouble("seconds")))
                .single();
    }

    /** In the order of the list, at most {@code limit} after line {@code after}. */
    public List<LineResult> results(String id, int after, int limit) {
        return jdbc.sql("""
            select l.line, l.faults, l.state as line_state, c.*
              from transfer_batch_line l left join transfer_case c on c.number = l.number and l.state = 'APPLIED'
             where l.batch = :id and l.line > :after
             order by l.line limit :limit
            """)
                .param("id", id)
                .param("after", after)
                .param("limit", limit)
                .query(ListStore::result)
                .list();
    }

    /**
     * Lines that are due, taken so that no other instance takes them too, and out of sight for {@code lease}; each that has
     * no number yet is given one by {@link #number} in the same transaction.
     */
    public List<Due> claim(Collection<RegionCode> hosted, Duration lease, int limit) {
        return jdbc.sql("""
            update transfer_batch_line l
               set tries = tries + 1, next_try = clock_timestamp() + make_interval(secs => :lease)
             where (batch, line) in (
                 select w.batch, w.line from transfer_batch_line w join transfer_batch b on b.id = w.batch
                  where w.state = 'WAITING' and w.next_try <= clock_timestamp() and b.region in (:hosted)
                  order by w.next_try, w.batch, w.line
                  limit :limit
                  for update of w skip locked)
            returning l.batch, l.line, l.number, l.tries
            """)
                .param("lease", lease.toMillis() / 1000.0)
                .param("hosted", hosted.stream().map(RegionCode::value).toList())
                .param("limit", limit)
                .query((row, n) -> new Due(
                        row.getString("batch"), row.getInt("line"), row.getString("number"), row.getInt("tries")))
                .list();
    }

    /** A line that is due, and its number when it has one. */
    public record Due(String batch, int line, @Nullable String number, int tries) {}

    public void number(String batch, int line, CaseNumber number) {
        jdbc.sql("""
            update transfer_batch_line set number = :number
             where batch = :batch and line = :line and number is null
            """)
                .param("number", number.value())
                .param("batch", batch)
                .param("line", line)
                .update();
    }

    /** The line with its application, submitted at {@code now}; empty when it has been applied for meanwhile. */
    public Optional<ClaimedLine> claimed(Due due, Instant now) {
        return jdbc.sql("""
            select b.*, l.line, l.number, l.certificate_type, l.certificate_number, l.name, l.sending, l.from_scheme,
                   l.cause, l.agreement_version
              from transfer_batch_line l join transfer_batch b on b.id = l.batch
             where l.batch = :batch and l.line = :line and l.state = 'WAITING' and l.number is not null
            """)
                .param("batch", due.batch())
                .param("line", due.line())
                .query((row, n) -> new ClaimedLine(
                        list(row, n),
                        row.getInt("line"),
                        new CaseNumber(row.getString("number")),
                        application(row, now)))
                .optional();
    }

    /** The person's data leave the list: the case has them. */
    public void applied(String batch, int line) {
        jdbc.sql("""
            update transfer_batch_line
               set state = 'APPLIED', applied_at = clock_timestamp(), certificate_type = null,
                   certificate_number = null, name = null, sending = null, from_scheme = null, cause = null,
                   agreement_version = null
             where batch = :batch and line = :line and state = 'WAITING'
            """).param("batch", batch).param("line", line).update();
    }

    /** Given back, to be taken up again after {@code wait}. */
    public void putBack(String batch, int line, Duration wait) {
        jdbc.sql("""
            update transfer_batch_line set next_try = clock_timestamp() + make_interval(secs => :wait)
             where batch = :batch and line = :line and state = 'WAITING'
            """)
                .param("wait", wait.toMillis() / 1000.0)
                .param("batch", batch)
                .param("line", line)
                .update();
    }

    private static MapSqlParameterSource columns(String id, ListedLine line) {
        var application = line.faults().isEmpty() ? line.application() : null;
        return new MapSqlParameterSource()
                .addValue("batch", id)
                .addValue("line", line.line())
                .addValue("state", application == null ? "FAULTY" : "WAITING")
                .addValue(
                        "certificateType",
                        application == null
                                ? null
                                : application.certificate().type().code())
                .addValue(
                        "certificateNumber",
                        application == null ? null : application.certificate().number())
                .addValue("name", application == null ? null : application.name())
                .addValue(
                        "sending",
                        application == null ? null : application.from().value())
                .addValue(
                        "fromScheme",
                        application == null ? null : application.fromScheme().code())
                .addValue(
                        "cause",
                        application == null ? null : application.cause().name())
                .addValue(
                        "agreementVersion",
                        application == null ? null : application.proof().agreementVersion())
                .addValue("faults", WireJson.text(line.faults()));
    }

    private static EmployerList list(ResultSet row, int n) throws SQLException {
        return new EmployerList(
                row.getString("id"),
                row.getLong("position"),
                new RegionCode(row.getString("region")),
                row.getString("uscc"),
                row.getString("subject"),
                row.getString("digest"),
                row.getInt("lines"),
                row.getObject("started_at", OffsetDateTime.class).toInstant());
    }

    /** R1.5: an employer applies into the employee scheme, and vouches for the person. */
    private static Application application(ResultSet row, Instant now) throws SQLException {
        var fromScheme = Scheme.ofCode(row.getString("from_scheme"));
        return new Application(
                new Certificate(
                        CertificateType.ofCode(row.getString("certificate_type")), row.getString("certificate_number")),
                row.getString("name"),
                new RegionCode(row.getString("sending")),
                fromScheme,
                new RegionCode(row.getString("region")),
                Scheme.EMPLOYEE,
                Application.Cause.valueOf(row.getString("cause")),
                Channel.EMPLOYER,
                Wishes.standard(fromScheme, Scheme.EMPLOYEE),
                Proof.at(now, Application.Identification.EMPLOYER_CERTIFICATE, row.getString("agreement_version")),
                now);
    }

    private static LineResult result(ResultSet row, int n) throws SQLException {
        var number = row.getString("number");
        return new LineResult(
                row.getInt("line"),
                number == null ? null : new CaseNumber(number),
                number == null ? null : CaseRow.file(row, n),
                List.of(WireJson.read(row.getString("faults"), LineFault[].class)));
    }
}
