package org.jiexu.transferin.postgres;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Paper;
import org.jiexu.transferin.domain.State.Case;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.CaseNumber;
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

    public CaseStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The state's name, as it is stored and as the platform's progress tells it. */
    public static String name(Case state) {
        return StateColumns.of(state).state();
    }

    /** A new case; the background check leaves it alone for {@code head}, in which the caller checks it himself. */
    public void insert(CaseFile file, Duration head) {
        var application = file.application();
        var applicant = file.applicant();
        var proof = application.proof();
        var household = application.contact().household();
        jdbc.sql("""
            insert into transfer_case (
                number, receiving, sending, from_scheme, to_scheme, certificate_type, certificate_number, name,
                cause, channel, account_wish, one_stop, identification, identified_at, agreement_version, agreed_at,
                signature, telephone, household, on_paper, instant, submitted_at, applicant_subject, applicant_role,
                applicant_person, applicant_uscc, applicant_region, papers, state, reasons, next_try, version)
            values (
                :number, :receiving, :sending, :fromScheme, :toScheme, :certificateType, :certificateNumber,
                :name, :cause, :channel, :account, :oneStop, :identification, :identifiedAt, :agreementVersion,
                :agreedAt, :signature, :telephone, :household, :onPaper, :instant, :submittedAt, :applicantSubject,
                :applicantRole, :applicantPerson, :applicantUscc, :applicantRegion, cast(:papers as text[]), :state,
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
                .param("channel", application.channel().name())
                .param("account", application.wishes().account().name())
                .param("oneStop", application.wishes().oneStop())
                .param("identification", proof.identification().name())
                .param("identifiedAt", utc(proof.identifiedAt()))
                .param("agreementVersion", proof.agreementVersion())
                .param("agreedAt", utc(proof.agreedAt()))
                .param("signature", proof.signature())
                .param("telephone", application.contact().telephone())
                .param("household", household == null ? null : household.name())
                .param("onPaper", application.onPaper())
                .param("instant", application.instant())
                .param("submittedAt", utc(application.submittedAt()))
                .param("applicantSubject", applicant.subject())
                .param("applicantRole", applicant.role())
                .param("applicantPerson", value(applicant.person()))
                .param("applicantUscc", applicant.uscc())
                .param("applicantRegion", value(applicant.region()))
                .param("papers", papers(file))
                .param("state", name(file.state()))
                .param("reasons", WireJson.text(file.reasons()))
                .param("head", head.toMillis() / 1000.0)
                .update();
    }

    public Optional<CaseFile> find(CaseNumber number) {
        return jdbc.sql("select * from transfer_case where number = :number")
                .param("number", number.value())
                .query(CaseRow::file)
                .optional();
    }

    /** The case, which nobody else moves until this transaction ends. */
    public Optional<CaseFile> lock(CaseNumber number) {
        return jdbc.sql("select * from transfer_case where number = :number for update")
                .param("number", number.value())
                .query(CaseRow::file)
                .optional();
    }

    /** One move, or nothing when somebody else has moved the case since it was read. */
    public CaseFile save(CaseFile file) {
        var columns = StateColumns.of(file.state());
        int rows = jdbc.sql("""
            update transfer_case
               set state = :state, sheet_version = :sheetVersion, sheet_digest = :digest, amount = :amount,
                   papers = cast(:papers as text[]), person = :person, accepted_at = :acceptedAt,
                   not_before = :notBefore, supplement_by = :supplementBy, reasons = cast(:reasons as jsonb), version = version + 1
             where number = :number and version = :version
            """)
                .param("state", columns.state())
                .param("sheetVersion", columns.sheetVersion())
                .param("digest", columns.digest())
                .param("amount", columns.amount())
                .param("person", value(file.person()))
                .param("papers", papers(file))
                .param("acceptedAt", utc(file.acceptedAt()))
                .param("notBefore", file.notBefore())
                .param("supplementBy", file.supplementBy())
                .param("reasons", WireJson.text(file.reasons()))
                .param("number", file.number().value())
                .param("version", file.version())
                .update();
        if (rows != 1) {
            throw new OptimisticLockingFailureException(file.number() + " moved while we were deciding");
        }
        return file.saved();
    }

    /** How many of a person's applications for this relationship, since then, have been withdrawn. */
    public int withdrawn(PersonId applicant, RegionCode sending, Scheme scheme, Instant since) {
        return jdbc.sql("""
            select count(*) from transfer_case
             where applicant_person = :person and submitted_at >= :since
               and sending = :sending and from_scheme = :scheme and state = 'WITHDRAWN'
            """)
                .param("person", applicant.value())
                .param("since", utc(since))
                .param("sending", sending.value())
                .param("scheme", scheme.code())
                .query(Integer.class)
                .single();
    }

    /** Forgets an application that somebody handed in for another person. */
    public void forgetSubmitted(CaseNumber number) {
        jdbc.sql("delete from case_paper where number = :number")
                .param("number", number.value())
                .update();
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
                .query(CaseRow::file)
                .list();
    }

    /**
     * Applications whose check is due, submitted or waiting for one-stop handling, taken so that no other instance takes
     * them too: each is out of sight until its next try, twice as far away each time, half a minute at most.
     */
    public List<CaseFile> claimUnchecked(Collection<RegionCode> hosted, int limit) {
        return jdbc.sql("""
            update transfer_case
               set tries = tries + 1, next_try = now() + make_interval(secs => least(30, power(2, least(tries, 5))))
             where number in (
                 select number from transfer_case
                  where state in ('SUBMITTED', 'WAITING') and next_try <= now() and receiving in (:hosted)
                  order by next_try
                  limit :limit
                  for update skip locked)
            returning *
            """)
                .param("hosted", hosted.stream().map(RegionCode::value).toList())
                .param("limit", limit)
                .query(CaseRow::file)
                .list();
    }

    /** Cases whose old coverage year has ended by {@code today} (R1.3), the longest over first. */
    public List<CaseNumber> yearEnded(Collection<RegionCode> hosted, LocalDate today, int limit) {
        return jdbc.sql("""
            select number from transfer_case
             where state = 'YEAR_RUNNING' and not_before <= :today and receiving in (:hosted)
             order by not_before, number
             limit :limit
            """)
                .param("today", today)
                .param("hosted", hosted.stream().map(RegionCode::value).toList())
                .param("limit", limit)
                .query((row, _) -> new CaseNumber(row.getString("number")))
                .list();
    }

    /** 逾期未补正: incomplete applications whose last day has passed before {@code today}, the longest over first. */
    public List<CaseNumber> supplementOver(Collection<RegionCode> hosted, LocalDate today, int limit) {
        return jdbc.sql("""
            select number from transfer_case
             where state = 'INCOMPLETE' and supplement_by < :today and receiving in (:hosted)
             order by supplement_by, number
             limit :limit
            """)
                .param("today", today)
                .param("hosted", hosted.stream().map(RegionCode::value).toList())
                .param("limit", limit)
                .query((row, _) -> new CaseNumber(row.getString("number")))
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

    private static String papers(CaseFile file) {
        return file.papers().stream().map(Paper::name).sorted().collect(Collectors.joining(",", "{", "}"));
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
