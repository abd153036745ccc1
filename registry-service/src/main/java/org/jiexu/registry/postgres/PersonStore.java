package org.jiexu.registry.postgres;

import static org.jiexu.registry.postgres.Columns.texts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jiexu.registry.domain.PaidPeriod;
import org.jiexu.registry.domain.ParticipationStatus;
import org.jiexu.registry.domain.PersonType;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.sheet.SheetScheme;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 参保人 — persons, their participations, months paid and rows inherited. */
@Repository
public class PersonStore {
    private final JdbcClient jdbc;

    PersonStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** 参保人. Prints no name. */
    public record Person(PersonId id, Certificate certificate, String name, String sex) {
        @Override
        public String toString() {
            return "Person[" + id + "]";
        }
    }

    /** Which relationship: whose, with which region, in which scheme. */
    public record RelationshipKey(PersonId person, RegionCode region, Scheme scheme) {}

    /** 参保关系 as it stands. */
    public record Relationship(
            RelationshipKey key,
            ParticipationStatus status,
            PersonType personType,
            String agency,
            @Nullable String employer,
            LocalDate since) {}

    /** Months paid, the case on whose sheet they stand, and the case with which they have left. */
    public record Paid(
            PaidPeriod period,
            @Nullable String onSheet,
            @Nullable String transferredBy) {
        /** Not on any sheet: may still grow together with months paid later. */
        public boolean isLoose() {
            return onSheet == null && transferredBy == null;
        }
    }

    /** A row inherited from {@code origin}, and the case with which it has left. */
    public record Inherited(
            String origin, SheetRow row, @Nullable String transferredBy) {}

    /** Locks the person: everything about one person happens one after another. A merged record leads to the one kept. */
    public Optional<Person> lock(Certificate certificate) {
        return jdbc.sql("""
            select * from person where certificate_type = :type and certificate_number = :number for update
            """)
                .param("type", certificate.type().code())
                .param("number", certificate.number())
                .query((row, n) -> locked(row))
                .optional()
                .flatMap(this::keptAndLocked);
    }

    /** Locks the person: everything about one person happens one after another. A merged id leads to the one kept. */
    public Optional<Person> lock(PersonId id) {
        return jdbc.sql("select * from person where id = :id for update")
                .param("id", id.value())
                .query((row, n) -> locked(row))
                .optional()
                .flatMap(this::keptAndLocked);
    }

    /** A locked record. Where it leads is read behind the lock: a merge may have been on its way. */
    private record Locked(Person person, @Nullable PersonId mergedInto) {}

    private static Locked locked(ResultSet row) throws SQLException {
        var mergedInto = row.getString("merged_into");
        return new Locked(person(row), mergedInto == null ? null : new PersonId(mergedInto));
    }

    private Optional<Person> keptAndLocked(Locked locked) {
        return locked.mergedInto() == null ? Optional.of(locked.person()) : lock(locked.mergedInto());
    }

    public Optional<Person> person(PersonId id) {
        return jdbc.sql("""
            select * from person where id = coalesce((select person from person_alias where alias = :id), :id)
            """)
                .param("id", id.value())
                .query((row, n) -> person(row))
                .optional();
    }

    public Optional<Person> person(Certificate certificate) {
        return jdbc.sql("""
            select kept.* from person
              left join person_alias on alias = person.id
              join person kept on kept.id = coalesce(person_alias.person, person.id)
             where person.certificate_type = :type and person.certificate_number = :number
            """)
                .param("type", certificate.type().code())
                .param("number", certificate.number())
                .query((row, n) -> person(row))
                .optional();
    }

    /** The record itself, also one that has been merged into another. */
    public Optional<Person> record(PersonId id) {
        return jdbc.sql("select * from person where id = :id")
                .param("id", id.value())
                .query((row, n) -> person(row))
                .optional();
    }

    /** The id under which a person goes on: the same one, unless it has been merged into another. */
    public PersonId kept(PersonId id) {
        return jdbc.sql("select person from person_alias where alias = :id")
                .param("id", id.value())
                .query((row, n) -> new PersonId(row.getString("person")))
                .optional()
                .orElse(id);
    }

    /** False when somebody has the certificate, or the id, already. */
    public boolean add(Person person) {
        return jdbc.sql("""
            insert into person (id, certificate_type, certificate_number, name, sex)
            values (:id, :type, :number, :name, :sex)
            on conflict do nothing
            """)
                        .param("id", person.id().value())
                        .param("type", person.certificate().type().code())
                        .param("number", person.certificate().number())
                        .param("name", person.name())
                        .param("sex", person.sex())
                        .update()
                == 1;
    }

    private static Person person(ResultSet row) throws SQLException {
        return new Person(
                new PersonId(row.getString("id")),
                new Certificate(
                        CertificateType.ofCode(row.getString("certificate_type")), row.getString("certificate_number")),
                row.getString("name"),
                row.getString("sex"));
    }

    public Optional<Relationship> relationship(RelationshipKey key) {
        return of("select * from participation where person = :person and region = :region and scheme = :scheme", key)
                .query((row, n) -> relationship(row))
                .optional();
    }

    public List<Relationship> relationships(PersonId person, RegionCode region) {
        return jdbc.sql("select * from participation where person = :person and region = :region order by scheme")
                .param("person", person.value())
                .param("region", region.value())
                .query((row, n) -> relationship(row))
                .list();
    }

    /** False when the person takes part there already, in whatever status. */
    public boolean add(Relationship relationship) {
        return of("""
            insert into participation (person, region, scheme, status, person_type, agency, employer, since)
            values (:person, :region, :scheme, :status, :personType, :agency, :employer, :since)
            on conflict do nothing
            """, relationship.key())
                        .param("status", relationship.status().code())
                        .param("personType", relationship.personType().code())
                        .param("agency", relationship.agency())
                        .param("employer", relationship.employer())
                        .param("since", relationship.since())
                        .update()
                == 1;
    }

    public void keep(Relationship relationship) {
        int rows = of("""
            update participation
               set status = :status, person_type = :personType, agency = :agency, employer = :employer, since = :since
             where person = :person and region = :region and scheme = :scheme
            """, relationship.key())
                .param("status", relationship.status().code())
                .param("personType", relationship.personType().code())
                .param("agency", relationship.agency())
                .param("employer", relationship.employer())
                .param("since", relationship.since())
                .update();
        if (rows != 1) {
            throw new IllegalStateException("no participation of " + relationship.key());
        }
    }

    private static Relationship relationship(ResultSet row) throws SQLException {
        return new Relationship(
                new RelationshipKey(
                        new PersonId(row.getString("person")),
                        new RegionCode(row.getString("region")),
                        Scheme.ofCode(row.getString("scheme"))),
                ParticipationStatus.ofCode(row.getString("status")),
                new PersonType(row.getString("person_type")),
                row.getString("agency"),
                row.getString("employer"),
                Times.day(row, "since"));
    }

    public List<Paid> paid(RelationshipKey key) {
        return of("""
            select first_month, last_month, agency, on_sheet, transferred_by from paid_period
             where person = :person and region = :region and scheme = :scheme order by first_month
            """, key)
                .query((row, n) -> new Paid(
                        new PaidPeriod(
                                Times.month(row, "first_month"),
                                Times.month(row, "last_month"),
                                row.getString("agency")),
                        row.getString("on_sheet"),
                        row.getString("transferred_by")))
                .list();
    }

    /** Replaces the periods that stand on no sheet. */
    public void keepPaid(RelationshipKey key, List<PaidPeriod> periods) {
        of("""
            delete from paid_period
             where person = :person and region = :region and scheme = :scheme
                   and on_sheet is null and transferred_by is null
            """, key).update();
        for (PaidPeriod period : periods) {
            of("""
                insert into paid_period (person, region, scheme, first_month, last_month, agency)
                values (:person, :region, :scheme, :first, :last, :agency)
                """, key)
                    .param("first", Times.firstDay(period.from()))
                    .param("last", Times.firstDay(period.to()))
                    .param("agency", period.agency())
                    .update();
        }
    }

    public List<Inherited> inherited(RelationshipKey key) {
        return of("""
            select * from inherited_row
             where person = :person and region = :region and scheme = :scheme order by origin, no
            """, key)
                .query((row, n) ->
                        new Inherited(row.getString("origin"), inherited(row), row.getString("transferred_by")))
                .list();
    }

    private static SheetRow inherited(ResultSet row) throws SQLException {
        return new SheetRow(
                row.getInt("no"),
                Times.month(row, "first_month"),
                Times.month(row, "last_month"),
                SheetScheme.ofCode(row.getString("sheet_scheme")),
                row.getInt("months"),
                row.getString("agency_name"),
                row.getString("agency_region"),
                row.getString("remark"));
    }

    /** Replaces what that origin gave before (R5.4); rows that have left stay marked so. */
    public void keepInherited(RelationshipKey key, String origin, List<SheetRow> rows, @Nullable String transferredBy) {
        of("""
            delete from inherited_row
             where person = :person and region = :region and scheme = :scheme and origin = :origin
            """, key).param("origin", origin).update();
        of("""
            insert into inherited_row (person, region, scheme, origin, transferred_by, no, first_month, last_month,
                                       sheet_scheme, months, agency_name, agency_region, remark)
            select :person, :region, :scheme, :origin, :transferredBy, row.* from unnest(
                    :numbers::int[], :first::date[], :last::date[], :sheetSchemes::text[], :months::int[],
                    :agencyNames::text[], :agencyRegions::text[], :remarks::text[]) as row
            """, key)
                .param("origin", origin)
                .param("transferredBy", transferredBy)
                .param("numbers", texts(rows, SheetRow::no))
                .param("first", texts(rows, row -> Times.firstDay(row.from())))
                .param("last", texts(rows, row -> Times.firstDay(row.to())))
                .param("sheetSchemes", texts(rows, row -> row.scheme().code()))
                .param("months", texts(rows, SheetRow::months))
                .param("agencyNames", texts(rows, SheetRow::agencyName))
                .param("agencyRegions", texts(rows, SheetRow::agencyRegion))
                .param("remarks", texts(rows, SheetRow::remark))
                .update();
    }

    /** Everything that is still there stands on the newest sheet of that case. */
    public void placeOnSheet(RelationshipKey key, CaseNumber number) {
        of("""
            with placed as (
                update paid_period set on_sheet = :number
                 where person = :person and region = :region and scheme = :scheme and transferred_by is null)
            update inherited_row set on_sheet = :number
             where person = :person and region = :region and scheme = :scheme and transferred_by is null
            """, key).param("number", number.value()).update();
    }

    /** What stood on the case's sheet has left with it; a sheet of money alone takes no months (R2.10). */
    public void markTransferred(RelationshipKey key, CaseNumber by) {
        of("""
            with paid as (
                update paid_period set transferred_by = :by
                 where person = :person and region = :region and scheme = :scheme and transferred_by is null
                   and on_sheet = :by)
            update inherited_row set transferred_by = :by
             where person = :person and region = :region and scheme = :scheme and transferred_by is null
               and on_sheet = :by
            """, key).param("by", by.value()).update();
    }

    /** 终止 — which case ended which relationship. */
    public record Termination(CaseNumber caseNumber, RelationshipKey key, Instant at) {}

    /** False when that case has ended a relationship already. */
    public boolean add(Termination termination) {
        return of("""
            insert into termination (case_number, person, region, scheme, terminated_at)
            values (:caseNumber, :person, :region, :scheme, :at)
            on conflict do nothing
            """, termination.key())
                        .param("caseNumber", termination.caseNumber().value())
                        .param("at", Times.at(termination.at()))
                        .update()
                == 1;
    }

    public Optional<Termination> termination(CaseNumber number) {
        return jdbc.sql("select * from termination where case_number = :number")
                .param("number", number.value())
                .query((row, n) -> new Termination(
                        new CaseNumber(row.getString("case_number")),
                        new RelationshipKey(
                                new PersonId(row.getString("person")),
                                new RegionCode(row.getString("region")),
                                Scheme.ofCode(row.getString("scheme"))),
                        Times.instant(row, "terminated_at")))
                .optional();
    }

    private JdbcClient.StatementSpec of(String sql, RelationshipKey key) {
        return jdbc.sql(sql)
                .param("person", key.person().value())
                .param("region", key.region().value())
                .param("scheme", key.scheme().code());
    }
}
