package org.jiexu.transferin.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jiexu.transferin.domain.Applicant;
import org.jiexu.transferin.domain.Application;
import org.jiexu.transferin.domain.Application.Cause;
import org.jiexu.transferin.domain.Application.Identification;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Channel;
import org.jiexu.transferin.domain.Contact;
import org.jiexu.transferin.domain.Contact.Household;
import org.jiexu.transferin.domain.Paper;
import org.jiexu.transferin.domain.Proof;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.State.Case;
import org.jiexu.transferin.domain.Wishes;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/** 案卷 — one row of transfer_case as a case file. */
final class CaseRow {
    private CaseRow() {}

    static CaseFile file(ResultSet row, int n) throws SQLException {
        var person = row.getString("person");
        var acceptedAt = row.getObject("accepted_at", OffsetDateTime.class);
        return new CaseFile(
                new CaseNumber(row.getString("number")),
                application(row),
                applicant(row),
                papers(row),
                state(row),
                person == null ? null : new PersonId(person),
                acceptedAt == null ? null : acceptedAt.toInstant(),
                row.getObject("not_before", LocalDate.class),
                row.getObject("supplement_by", LocalDate.class),
                List.of(WireJson.read(row.getString("reasons"), CodedReason[].class)),
                row.getInt("version"));
    }

    private static Application application(ResultSet row) throws SQLException {
        var household = row.getString("household");
        return new Application(
                new Certificate(
                        CertificateType.ofCode(row.getString("certificate_type")), row.getString("certificate_number")),
                row.getString("name"),
                new RegionCode(row.getString("sending")),
                Scheme.ofCode(row.getString("from_scheme")),
                new RegionCode(row.getString("receiving")),
                Scheme.ofCode(row.getString("to_scheme")),
                Cause.valueOf(row.getString("cause")),
                Channel.valueOf(row.getString("channel")),
                new Wishes(AccountWish.valueOf(row.getString("account_wish")), row.getBoolean("one_stop")),
                new Proof(
                        Identification.valueOf(row.getString("identification")),
                        instant(row, "identified_at"),
                        row.getString("agreement_version"),
                        instant(row, "agreed_at"),
                        row.getString("signature")),
                new Contact(row.getString("telephone"), household == null ? null : Household.valueOf(household)),
                row.getBoolean("on_paper"),
                row.getBoolean("instant"),
                instant(row, "submitted_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Set<Paper> papers(ResultSet row) throws SQLException {
        var names = (String[]) row.getArray("papers").getArray();
        return Arrays.stream(names).map(Paper::valueOf).collect(Collectors.toSet());
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
            case "INCOMPLETE" -> new State.Incomplete();
            case "WAITING" -> new State.Waiting();
            case "REFUSED" -> new State.Refused();
            case "ACCEPTED" -> new State.Accepted();
            case "WITHDRAWING" -> new State.Withdrawing();
            case "RECEIVED" -> new State.Received(version, digest, amount);
            case "RETURNED" -> new State.Returned(version, digest, amount);
            case "YEAR_RUNNING" -> new State.YearRunning(version, digest, row.getObject("not_before", LocalDate.class));
            case "BOOKED" -> new State.Booked(version, digest, amount);
            case "COMPLETED" -> new State.Completed(version, digest, amount);
            case "WITHDRAWN" -> new State.Withdrawn();
            case "DECLINED" -> new State.Declined();
            default -> throw new IllegalStateException("no such state: " + name);
        };
    }
}
