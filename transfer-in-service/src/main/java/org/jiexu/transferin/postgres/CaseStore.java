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
import org.jiexu.transferin.domain.Applicant;
import org.jiexu.transferin.domain.Application;
import org.jiexu.transferin.domain.Application.Cause;
import org.jiexu.transferin.domain.Application.Identification;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.State.Case;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 案卷 — the rows of transfer_case. */
@Repository
public class CaseStore {
    private final JdbcClient jdbc;

    /** A state as its columns: its name, and its sheet when it has one. */
    private record Columns(
            String state,
            @Nullable Integer sheetVersion,
            @Nullable String digest,
            @Nullable Long amount) {
        static Columns of(Case state) {
            return switch (state) {
                case State.Submitted() -> bare("SUBMITTED");
                case State.Refused() -> bare("REFUSED");
                case State.Accepted() -> bare("ACCEPTED");
                case State.Withdrawing() -> bare("WITHDRAWING");
                case State.Received(int v, var digest, var amount) -> sheet("RECEIVED", v, digest, amount);
                case State.Returned(int v, var digest, var amount) -> sheet("RETURNED", v, digest, amount);
                case State.Booked(int v, var digest, var amount) -> sheet("BOOKED", v, digest, amount);
                case State.Completed(int v, var digest, var amount) -> sheet("COMPLETED", v, digest, amount);
                case State.Withdrawn() -> bare("WITHDRAWN");
                case State.Declined() -> bare("DECLINED");
            };
        }

        private static Columns bare(String name) {
            return new Columns(name, null, null, null);
        }

        private static Columns sheet(String name, int version, String digest, Fen amount) {
            return new Columns(name, version, digest, amount.value());
        }
    }

    public CaseStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The state's name, as it is stored and as the platform's progress tells it. */
    public static String name(Case state) {
        return Columns.of(state).state();
    }

    /** A new case; the background check leaves it alone for {@code head}, in which the caller checks it himself. */
    public void insert(CaseFile file, Duration head) {
        var application = file.application();
        var applicant = file.applicant();
        jdbc.sql("""
            insert into transfer_case (
                number, receiving, sending, from_scheme, to_scheme, certificate_type, certificate_number, name,
                cause, identification, agreement_version, submitted_at, applicant_subject, applicant_role,
                applicant_person, applicant_uscc, applicant_region, state, reasons, next_try, version)
            values (
                :number, :receiving, :sending, :fromScheme, :toScheme, :certificateType, :certificateNumber,
                :name, :cause, :identification, :agreementVersion, :submittedAt, :applicantSubject,
                :applicantRole, :applicantPerson, :applicantUscc, :applicantRegion, :state,
                cast(:reasons as jsonb), now() + make_interval(secs => :head), 0)
            """)
                .param("number", file.number().value())
                .param("receiving", file.receiving().value())
                .param("sending", file.sending().value())
                .param("fromScheme", application.fromScheme().code())
                .param("toScheme", application.toScheme().code())
                .param("certificateType", application.certificate().type().code())
                .param("certificateNumber", application.certificate().number())
                .param("name", application.name())
                .param("cause", application.cause().name())
                .param("identification", application.identification().name())
                .param("agreementVersion", application.agreementVersion())
                .param("submittedAt", utc(application.submittedAt()))
                .param("applicantSubject", applicant.subject())
                .param("applicantRole", applicant.role())
                .param("applicantPerson", value(applicant.person()))
                .param("applicantUscc", applicant.uscc())
                .param("applicantRegion", value(applicant.region()))
                .param("state", name(file.state()))
                .param("reasons", WireJson.text(file.reasons()))
                .param("head", head.toMillis() / 1000.0)
                .update();
    }

    public Optional<CaseFile> find(CaseNumber number) {
        return jdbc.sql("select * from transfer_case where number = :number")
                .param("number", number.value())
                .query(CaseStore::file)
                .optional();
    }

    /** The case, which nobody else moves until this transaction ends. */
    public Optional<CaseFile> lock(CaseNumber number) {
        return jdbc.sql("select * from transfer_case where number = :number for update")
                .param("number", number.value())
                .query(CaseStore::file)
                .optional();
    }

    /** One move, or nothing when somebody else has moved the case since it was read. */
    public CaseFile save(CaseFile file) {
        var columns = Columns.of(file.state());
        int rows = jdbc.sql("""
            update transfer_case
               set state = :state, sheet_version = :sheetVersion, sheet_digest = :digest, amount = :amount,
                   person = :person, accepted_at = :acceptedAt, reasons = cast(:reasons as jsonb),
                   version = version + 1
             where number = :number and version = :version
            """)
                .param("state", columns.state())
                .param("sheetVersion", columns.sheetVersion())
                .param("digest", columns.digest())
                .param("amount", columns.amount())
                .param("person", value(file.person()))
                .param("acceptedAt", utc(file.acceptedAt()))
                .param("reasons", WireJson.text(file.reasons()))
                .param("number", file.number().value())
                .param("version", file.version())
                .update();
        if (rows != 1) {
            throw new OptimisticLockingFailureException(file.number() + " moved while we were deciding");
        }
        return file.saved();
    }

    /** Forgets an application that somebody handed in for another person. */
    public void forgetSubmitted(CaseNumber number) {
        jdbc.sql("delete from step where number = :number")
                .param("number", number.value())
                .update();
        jdbc.sql("delete from transfer_case where number = :number and state = 'SUBMITTED'")
                .param("number", number.value())
                .update();
    }

    /** The region's cases in the order of their numbers, at most {@code limit} after {@code after}. */
    public List<CaseFile> ofRegion(RegionCode receiving, @Nullable String state, @Nullable String after, int limit) {
        return jdbc.sql("""
            select * from transfer_case
             where receiving = :receiving and number > :after and (cast(:state as text) is null or state = :state)
             order by number
             limit :limit
            """)
                .param("receiving", receiving.value())
                .param("after", after == null ? "" : after)
                .param("state", state)
                .param("limit", limit)
                .query(CaseStore::file)
                .list();
    }

    /**
     * Applications whose check is due, taken so that no other instance takes them too: each is out of sight until its
     * next try, twice as far away each time, half a minute at most.
     */
    public List<CaseFile> claimSubmitted(Collection<RegionCode> hosted, int limit) {
        return jdbc.sql("""
            update transfer_case
               set tries = tries + 1, next_try = now() + make_interval(secs => least(30, power(2, least(tries, 5))))
             where number in (
                 select number from transfer_case
                  where state = 'SUBMITTED' and next_try <= now() and receiving in (:hosted)
                  order by next_try
                  limit :limit
                  for update skip locked)
            returning *
            """)
                .param("hosted", hosted.stream().map(RegionCode::value).toList())
                .param("limit", limit)
                .query(CaseStore::file)
                .list();
    }

    /** The registry did not answer the applicant's own call: the background check takes over after {@code wait}. */
    public void retryAfter(CaseNumber number, Duration wait) {
        jdbc.sql("""
            update transfer_case set next_try = now() + make_interval(secs => :wait)
             where number = :number and state = 'SUBMITTED'
            """)
                .param("wait", wait.toMillis() / 1000.0)
                .param("number", number.value())
                .update();
    }

    static CaseFile file(ResultSet row, int n) throws SQLException {
        var person = row.getString("person");
        var acceptedAt = row.getObject("accepted_at", OffsetDateTime.class);
        return new CaseFile(
                new CaseNumber(row.getString("number")),
                application(row),
                applicant(row),
                state(row),
                person == null ? null : new PersonId(person),
                acceptedAt == null ? null : acceptedAt.toInstant(),
                List.of(WireJson.read(row.getString("reasons"), CodedReason[].class)),
                row.getInt("version"));
    }

    private static Application application(ResultSet row) throws SQLException {
        return new Application(
                new Certificate(
                        CertificateType.ofCode(row.getString("certificate_type")), row.getString("certificate_number")),
                row.getString("name"),
                new RegionCode(row.getString("sending")),
                Scheme.ofCode(row.getString("from_scheme")),
                new RegionCode(row.getString("receiving")),
                Scheme.ofCode(row.getString("to_scheme")),
                Cause.valueOf(row.getString("cause")),
                Identification.valueOf(row.getString("identification")),
                row.getString("agreement_version"),
                row.getObject("submitted_at", OffsetDateTime.class).toInstant());
    }

    private static Applicant applicant(ResultSet row) throws SQLException {
        var person = row.getString("applicant_person");
        var region = row.getString("applicant_region");
        return new Applicant(
                row.getString("applicant_subject"),
                row.getString("applicant_role"),
                person == null ? null : new PersonId(person),
                row.getString("applicant_uscc"),
                region == null ? null : new RegionCode(region));
    }

    private static Case state(ResultSet row) throws SQLException {
        int version = row.getInt("sheet_version");
        var digest = row.getString("sheet_digest");
        var amount = Fen.of(row.getLong("amount"));
        var name = row.getString("state");
        return switch (name) {
            case "SUBMITTED" -> new State.Submitted();
            case "REFUSED" -> new State.Refused();
            case "ACCEPTED" -> new State.Accepted();
            case "WITHDRAWING" -> new State.Withdrawing();
            case "RECEIVED" -> new State.Received(version, digest, amount);
            case "RETURNED" -> new State.Returned(version, digest, amount);
            case "BOOKED" -> new State.Booked(version, digest, amount);
            case "COMPLETED" -> new State.Completed(version, digest, amount);
            case "WITHDRAWN" -> new State.Withdrawn();
            case "DECLINED" -> new State.Declined();
            default -> throw new IllegalStateException("no such state: " + name);
        };
    }

    private static @Nullable String value(@Nullable PersonId person) {
        return person == null ? null : person.value();
    }

    private static @Nullable String value(@Nullable RegionCode region) {
        return region == null ? null : region.value();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
