package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.JINING;
import static org.jiexu.registry.RunningRegistry.START;
import static org.jiexu.registry.RunningRegistry.participation;

import java.time.YearMonth;
import java.util.List;
import org.jiexu.registry.RunningRegistry.Answer;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.HistoryBookedV1;
import org.jiexu.wire.contract.PersonMergedV1;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.RelationshipTerminatedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.EnvelopeHeaders;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.sheet.SheetScheme;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 多条参保记录合并 — two records of one person become one, by two people, never by guess. */
@Tag("R6.2")
class MergeStory {
    private static final String NAME = "吴白露";
    private static final String PATH = "/api/v1/agency/370800/participation/";

    private final RunningRegistry registry = RunningRegistry.shared();
    private final Certificate identity = registry.certificate();
    private final Certificate old = new Certificate(
            CertificateType.OTHER,
            identity.number().substring(0, 6) + identity.number().substring(8, 17));

    @Test
    @Tag("R1.4")
    void theOldNumbersRecordIsUnitedWithTheNewOnesAndMonthsCountOnce() {
        var kept = load(identity, participation("2", "{\"from\": \"2019-01\", \"to\": \"2019-12\"}"));
        var merged = load(old, participation("1", "{\"from\": \"2019-07\", \"to\": \"2020-06\"}"));
        registry.importPerson(old, NAME, CHANGSHA, participation("4", "{\"from\": \"2018-01\", \"to\": \"2018-12\"}"));

        var prepared = prepare(old, "");
        var again = prepare(old, "");
        var id = prepared.body().at("/merge/id").asString();
        var byClerk = registry.post(registry.issuer.clerk(JINING), PATH + "merges/" + id + "/approval", "{}");
        var approved = approve(id);
        var approvedAgain = approve(id);
        var found = search(old);

        assertThat(prepared.status()).isEqualTo(201);
        assertThat(prepared.body().at("/merge/ground").asString()).isEqualTo("SAME_NUMBER");
        assertThat(prepared.body().toString()).doesNotContain(identity.number(), old.number());
        assertThat(again.body().at("/merge/id").asString()).isEqualTo(id);
        assertThat(byClerk.status()).isEqualTo(403);
        assertThat(approved.body().at("/merge/state").asString()).isEqualTo("MERGED");
        assertThat(approvedAgain.status()).isEqualTo(200);
        assertThat(found.body().path("person").asString()).isEqualTo(kept);
        assertThat(found.body().at("/participations/0/months").asInt()).isEqualTo(18);
        assertThat(found.body().at("/participations/0/participation/status").asString())
                .isEqualTo("1");
        assertThat(registry.get(registry.issuer.clerk(JINING), PATH + merged + "/accumulation")
                        .body()
                        .path("employeeMonths")
                        .asInt())
                .isEqualTo(30);
        assertThat(registry.get(registry.issuer.service(), "/internal/persons/" + merged + "/aliases")
                        .body()
                        .toString())
                .isEqualTo("{\"person\":\"%s\",\"aliases\":[\"%s\"]}".formatted(kept, merged));
        assertThat(prepare(old, "").code()).isEqualTo("SAME_PERSON");
    }

    @Test
    void eachRegionWhereTheMergedRecordTookPartIsToldOnceSoThatItsAccountsAreJoined() {
        var kept = load(identity, participation("2", ""));
        var merged = load(old, participation("2", ""));
        registry.importPerson(old, NAME, CHANGSHA, participation("4", ""));
        var id = prepare(old, "").body().at("/merge/id").asString();

        approve(id);
        approve(id);
        registry.awaitSaid();

        for (var region : List.of(JINING, CHANGSHA)) {
            assertThat(registry.records(Topics.participation(region)).stream()
                            .map(EnvelopeHeaders::read)
                            .filter(said -> said.subject().equals(merged)
                                    && said.type().equals(EventType.PERSON_MERGED.wireName()))
                            .map(said -> WireJson.read(said.data(), PersonMergedV1.class)))
                    .extracting(
                            PersonMergedV1::merge, PersonMergedV1::kept, PersonMergedV1::merged, PersonMergedV1::region)
                    .containsExactly(tuple(id, new PersonId(kept), new PersonId(merged), region));
        }
    }

    @Test
    void twoDifferentNumbersNeedEvidenceWhichTheReviewerSees() {
        var passport = new Certificate(
                CertificateType.FOREIGN_PASSPORT, "E" + identity.number().substring(9, 17));
        load(identity, participation("2", ""));
        load(passport, participation("2", ""));

        var plain = prepare(passport, "");
        var withEvidence = prepare(passport, ", \"evidence\": \"出入境证件与身份证同一人证明，编号 2026-18\"");
        var id = withEvidence.body().at("/merge/id").asString();
        var shown = registry.get(registry.issuer.reviewer(JINING), PATH + "merges/" + id);
        var refused = registry.post(
                registry.issuer.reviewer(JINING), PATH + "merges/" + id + "/refusal", "{\"reason\": \"证明已过期\"}");

        assertThat(plain.code()).isEqualTo("EVIDENCE_REQUIRED");
        assertThat(plain.status()).isEqualTo(422);
        assertThat(shown.body().at("/merge/evidence").asString()).contains("2026-18");
        assertThat(refused.body().at("/merge/state").asString()).isEqualTo("REFUSED");
        assertThat(approve(id).code()).isEqualTo("MERGE_DECIDED");
        assertThat(search(passport).body().path("person").asString())
                .isNotEqualTo(search(identity).body().path("person").asString());
        assertThat(registry.get(registry.issuer.clerk(JINING), PATH + "merges?state=REFUSED&limit=200")
                        .body()
                        .path("items")
                        .findValuesAsString("id"))
                .contains(id);
        assertThat(registry.get(registry.issuer.clerk(CHANGSHA), PATH + "merges/" + id)
                        .status())
                .isEqualTo(403);
    }

    @Test
    @Tag("43-art-13")
    void nothingIsMergedWhileATransferIsOpen() {
        load(identity, participation("2", "{\"from\": \"2019-01\", \"to\": \"2019-12\"}"));
        registry.importPerson(identity, NAME, CHANGSHA, participation("1", ""));
        load(old, participation("2", ""));
        var id = prepare(old, "").body().at("/merge/id").asString();
        var number = registry.number(CHANGSHA);
        registry.check(number, identity, NAME, CHANGSHA, "");

        var approved = approve(id);
        var prepared = prepare(old, "");

        assertThat(approved.status()).isEqualTo(409);
        assertThat(approved.body().path("number").asString()).isEqualTo(number.value());
        assertThat(prepared.code()).isEqualTo("RELATIONSHIP_RESERVED");
        assertThat(registry.dump("person_alias")).noneMatch(row -> row.contains(old.number()));
    }

    @Test
    void whatComesLateWithTheOldIdArrivesAtTheKeptOne() {
        var kept = load(identity, participation("2", "{\"from\": \"2019-01\", \"to\": \"2019-12\"}"));
        var merged = new PersonId(load(old, participation("2", "{\"from\": \"2020-01\", \"to\": \"2020-12\"}")));
        approve(prepare(old, "").body().at("/merge/id").asString());
        var number = registry.number(CHANGSHA);
        var arriving = registry.number(JINING);
        var row = new SheetRow(
                1, YearMonth.of(2016, 1), YearMonth.of(2016, 12), SheetScheme.EMPLOYEE, 12, "某市", "330199", null);

        told(Source.of(JINING, ServiceName.TRANSFER_IN), arriving, merged, CHANGSHA, JINING);
        told(Source.of(CHANGSHA, ServiceName.TRANSFER_IN), number, merged, JINING, CHANGSHA);
        registry.awaitRead(Topics.PROGRESS);
        registry.say(
                Source.of(JINING, ServiceName.TRANSFER_IN),
                Topics.participation(JINING),
                "370800",
                merged.value(),
                new HistoryBookedV1(arriving, merged, JINING, Scheme.EMPLOYEE, List.of(row)));
        registry.say(
                Source.of(JINING, ServiceName.TRANSFER_OUT),
                Topics.participation(JINING),
                "370800",
                merged.value(),
                new RelationshipTerminatedV1(number, merged, JINING, Scheme.EMPLOYEE, START));
        registry.awaitRead(Topics.participation(JINING));

        assertThat(search(identity)
                        .body()
                        .at("/participations/0/participation/status")
                        .asString())
                .isEqualTo("4");
        assertThat(registry.get(registry.issuer.clerk(JINING), PATH + kept + "/accumulation")
                        .body()
                        .path("employeeMonths")
                        .asInt())
                .isEqualTo(36);
    }

    private void told(Source by, CaseNumber number, PersonId person, RegionCode sending, RegionCode receiving) {
        registry.say(
                by,
                Topics.PROGRESS,
                Topics.EVERYBODY,
                number.value(),
                new CaseProgressedV1(
                        number,
                        person,
                        sending,
                        receiving,
                        Scheme.EMPLOYEE,
                        Scheme.EMPLOYEE,
                        "ACCEPTED",
                        "ACCEPTED",
                        PublicStatus.ACCEPTED,
                        sending,
                        START,
                        List.of()));
    }

    /** Whoever adds a table that hangs on a person decides here what becomes of it. */
    @Test
    void everyTableThatHangsOnAPersonIsKnownToTheMerge() {
        var tables = registry.jdbc()
                .sql("""
                    select table_name from information_schema.columns
                     where table_schema = 'public' and column_name = 'person' order by table_name
                    """)
                .query((row, n) -> row.getString("table_name"))
                .list();

        assertThat(tables)
                .containsExactlyInAnyOrder(
                        // Moved with the relationship or renamed.
                        "participation",
                        "paid_period",
                        "inherited_row",
                        "back_payment",
                        "termination",
                        "reservation",
                        "participation_history",
                        "participation_fact",
                        "participation_wish",
                        "left_balance",
                        "person_alias",
                        // Append-only: one more entry for either record says what became of the months.
                        "months_entry",
                        // Stay under the id that was told, and are found through same_person or the lock.
                        "case_index",
                        "person_death",
                        // On their way in.
                        "import_period");
    }

    private String load(Certificate certificate, String participation) {
        return registry.importPerson(certificate, NAME, JINING, participation);
    }

    private Answer prepare(Certificate merge, String evidence) {
        return registry.post(registry.issuer.clerk(JINING), PATH + "merge", """
            {"keep": {"certificateType": "01", "certificateNumber": "%s"},
             "merge": {"certificateType": "%s", "certificateNumber": "%s"} %s}
            """.formatted(
                        identity.number(), merge.type().code(), merge.number(), evidence));
    }

    private Answer approve(String id) {
        return registry.post(registry.issuer.reviewer(JINING), PATH + "merges/" + id + "/approval", "{}");
    }

    private Answer search(Certificate certificate) {
        return registry.post(registry.issuer.clerk(JINING), PATH + "search", """
            {"certificateType": "%s", "certificateNumber": "%s"}
            """.formatted(
                        certificate.type().code(), certificate.number()));
    }
}
