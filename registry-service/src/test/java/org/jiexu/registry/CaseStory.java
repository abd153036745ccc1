package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.HANGZHOU;
import static org.jiexu.registry.RunningRegistry.JINING;
import static org.jiexu.registry.RunningRegistry.START;
import static org.jiexu.registry.RunningRegistry.participation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jiexu.bus.journal.UuidV7;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.DeadlineEscalatedV1;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DeadlineMissedV1;
import org.jiexu.wire.contract.DeadlineRevisedV1;
import org.jiexu.wire.contract.DeadlineStatusV1;
import org.jiexu.wire.contract.DeadlineWarnedV1;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.HistoryBookedV1;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.RelationshipTerminatedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.sheet.SheetScheme;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CaseStory {
    private static final String NAME = "陈小麦";
    private static final Source TRANSFER_IN = Source.of(CHANGSHA, ServiceName.TRANSFER_IN);
    private static final Source TRANSFER_OUT = Source.of(JINING, ServiceName.TRANSFER_OUT);
    private static final List<String> TABLES = List.of(
            "case_index",
            "case_step",
            "case_deadline",
            "reservation",
            "termination",
            "participation",
            "paid_period",
            "inherited_row",
            "message",
            "event_journal");

    private final RunningRegistry registry = RunningRegistry.shared();
    private final Certificate certificate = registry.certificate();
    private final PersonId person = new PersonId(registry.aMover(certificate, NAME));
    private final CaseNumber number = registry.number(CHANGSHA);

    @Test
    @Tag("43-art-13")
    @Tag("R3.5")
    void aCompletedCaseEndsTheOldRelationshipAndBooksTheHistory() {
        registry.check(number, certificate, NAME, CHANGSHA, "");
        accepted();
        assertThat(rows(JINING.value(), number)).containsExactly("2019-01..2021-06=30@370899");
        completed();
        assertThat(activeReservations()).isEqualTo(1);

        terminated();
        booked();
        awaitAll();

        assertThat(activeReservations()).isZero();
        assertThat(registry.dump("participation"))
                .filteredOn(row -> row.contains(person.value()) && row.contains("370800"))
                .singleElement()
                .satisfies(row -> assertThat(row).contains(",310,4,"));
        assertThat(registry.dump("paid_period"))
                .filteredOn(row -> row.contains(person.value()))
                .allSatisfy(row -> assertThat(row).contains(number.value()));
        assertThat(rows(CHANGSHA.value(), registry.number(HANGZHOU))).containsExactly("2019-01..2021-06=30@370899");
        assertThat(rows(JINING.value(), number)).containsExactly("2019-01..2021-06=30@370899");

        registry.importPerson(certificate, NAME, HANGZHOU, participation("1", ""));
        var again = registry.check(registry.number(HANGZHOU), certificate, NAME, HANGZHOU, "");
        assertThat(registry.reasons(again)).containsExactly("NOTHING_TO_TRANSFER", "INSURED_ELSEWHERE");
    }

    @Test
    void theSameEventsAgainWithNewIdsAndInAnotherOrderChangeNothing() {
        registry.check(number, certificate, NAME, CHANGSHA, "");
        var first = accepted();
        var warning = warned();
        var miss = missed();
        var end = completed();
        var termination = terminated();
        var history = booked();
        awaitAll();
        var before = dumps();

        for (var again : List.of(history, termination, end, miss, warning, first)) {
            registry.send(topic(again), again);
            registry.send(topic(again), withNewId(again));
        }
        awaitAll();

        assertThat(dumps()).isEqualTo(before);
    }

    @Test
    @Tag("R4.7")
    void aLimitIsShownAsItsOwnerLastToldWhateverTheOrder() {
        registry.check(number, certificate, NAME, CHANGSHA, "");
        var first = accepted();
        var miss = missed();
        var escalation = limitSaid(new DeadlineEscalatedV1(
                DeadlineKind.ISSUE, JINING, "370000", LocalDate.of(2026, 9, 29), START.plus(Duration.ofDays(24))));
        var revision = limitSaid(new DeadlineRevisedV1(
                issue(LocalDate.of(2026, 9, 14), LocalDate.of(2026, 9, 30), null),
                LocalDate.of(2026, 9, 29),
                true,
                START.plus(Duration.ofDays(25))));
        awaitAll();
        assertThat(issueLimit())
                .isEqualTo("due 2026-09-30, 10 from 2026-09-14, promised 2026-09-25, missed, escalated");
        var before = dumps();

        for (var again : List.of(revision, escalation, miss, first)) {
            registry.send(topic(again), withNewId(again));
        }
        awaitAll();
        assertThat(dumps()).isEqualTo(before);

        // R4.6: the same duty again, with a period of its own.
        limitSaid(new DeadlineRevisedV1(
                issue(LocalDate.of(2026, 10, 20), LocalDate.of(2026, 11, 3), "请补充材料。"),
                LocalDate.of(2026, 11, 3),
                false,
                START.plus(Duration.ofDays(40))));
        registry.send(topic(miss), withNewId(miss));
        awaitAll();
        assertThat(issueLimit()).isEqualTo("due 2026-11-03, 10 from 2026-10-20, promised 2026-09-25, paused: 请补充材料。");
    }

    private DeadlineStatusV1 issue(LocalDate startedOn, LocalDate dueOn, @Nullable String paused) {
        return new DeadlineStatusV1(
                DeadlineKind.ISSUE,
                JINING,
                dueOn,
                false,
                null,
                startedOn,
                10,
                LocalDate.of(2026, 9, 25),
                paused == null ? null : START.plus(Duration.ofDays(39)),
                paused,
                null);
    }

    private Envelope limitSaid(EventData data) {
        return registry.say(TRANSFER_OUT, Topics.DEADLINE, Topics.EVERYBODY, number.value(), data);
    }

    private String issueLimit() {
        return registry.jdbc()
                .sql("""
                    select 'due ' || due_on || ', ' || working_days || ' from ' || started_on
                           || ', promised ' || promised_on
                           || case when missed_at is null then '' else ', missed' end
                           || case when escalated_at is null then '' else ', escalated' end
                           || case when paused_since is null then '' else ', paused: ' || pause_reason end
                      from case_deadline where number = :number and kind = 'ISSUE'
                    """)
                .param("number", number.value())
                .query(String.class)
                .single();
    }

    @Test
    void monthsPaidAfterTheSheetStayForALaterTransfer() {
        registry.check(number, certificate, NAME, CHANGSHA, "");
        accepted();
        assertThat(rows(JINING.value(), number)).containsExactly("2019-01..2021-06=30@370899");
        registry.pay(certificate, JINING, 2, "{\"from\": \"2021-06\", \"to\": \"2021-07\"}");
        assertThat(rows(JINING.value(), number)).containsExactly("2019-01..2021-07=31@370899");
        registry.pay(certificate, JINING, 1, "{\"from\": \"2021-08\", \"to\": \"2021-08\"}");

        completed();
        terminated();
        awaitAll();

        assertThat(rows(JINING.value(), number)).containsExactly("2019-01..2021-07=31@370899");
        assertThat(rows(JINING.value(), registry.number(HANGZHOU))).containsExactly("2021-08..2021-08=1@370899");
        assertThat(rows(JINING.value(), number)).containsExactly("2019-01..2021-07=31@370899");
    }

    @Test
    void aLaterReservationHoldsUntilTheCaseEndsWithoutSuccess() {
        registry.check(number, certificate, NAME, CHANGSHA, "");
        accepted();
        registry.jdbc()
                .sql("update reservation set expires_at = '2026-09-01T00:00:00Z' where number = :number")
                .param("number", number.value())
                .update();
        assertThat(registry.reasons(registry.check(registry.number(CHANGSHA), certificate, NAME, CHANGSHA, "")))
                .containsExactly("OPEN_TRANSFER");

        progressed(TRANSFER_IN, "WITHDRAWN", PublicStatus.WITHDRAWN, START.plusSeconds(60));
        progressed(TRANSFER_OUT, "HELD", PublicStatus.IN_PROGRESS, START.plusSeconds(30));

        assertThat(activeReservations()).isZero();
        assertThat(registry.check(registry.number(CHANGSHA), certificate, NAME, CHANGSHA, "")
                        .body()
                        .path("outcome")
                        .asString())
                .isEqualTo("ACCEPTABLE");
    }

    @Test
    void anOlderStepNeverOverwritesANewerOne() {
        progressed(TRANSFER_OUT, "ISSUED", PublicStatus.IN_PROGRESS, START.plusSeconds(60));
        progressed(TRANSFER_IN, "ACCEPTED", PublicStatus.ACCEPTED, START);

        var mine = registry.get(registry.issuer.person(person), "/api/v1/transfers?mine")
                .body();

        assertThat(mine.at("/items/0/step").asString()).isEqualTo("ISSUED");
        assertThat(mine.at("/items/0/firstAt").asString()).isEqualTo(START.toString());
        assertThat(mine.at("/items/0/statusWords").asString()).isEqualTo("办理中");
    }

    @Test
    @Tag("R10.1")
    void everybodySeesTheCasesThatAreTheirs() {
        accepted();
        missed();
        registry.awaitRead(Topics.DEADLINE);
        var operations = "/api/v1/operations/cases?limit=200";

        assertThat(numbers(registry.issuer.nationalOperator(), operations)).contains(number.value());
        assertThat(numbers(registry.issuer.nationalOperator(), operations + "&region=370800&status=ACCEPTED"))
                .contains(number.value());
        assertThat(numbers(registry.issuer.nationalOperator(), operations + "&region=330100"))
                .doesNotContain(number.value());
        assertThat(numbers(registry.issuer.token("hn", "OPERATOR", Map.of("province", "430000")), operations))
                .contains(number.value());
        assertThat(numbers(registry.issuer.token("zj", "OPERATOR", Map.of("province", "330000")), operations))
                .doesNotContain(number.value());
        assertThat(numbers(registry.issuer.clerk(CHANGSHA), operations)).contains(number.value());
        assertThat(numbers(registry.issuer.clerk(HANGZHOU), operations)).doesNotContain(number.value());
        assertThat(registry.get(registry.issuer.clerk(HANGZHOU), operations + "&region=430100")
                        .status())
                .isEqualTo(404);
        assertThat(registry.get(registry.issuer.person(person), operations).status())
                .isEqualTo(403);
        assertThat(numbers(registry.issuer.person(person), "/api/v1/transfers?mine"))
                .containsExactly(number.value());
        assertThat(numbers(registry.issuer.person(new PersonId("P00000STRANGE")), "/api/v1/transfers?mine"))
                .isEmpty();
        assertThat(registry.get(registry.issuer.person(person), "/api/v1/transfers?mine")
                        .body()
                        .at("/items/0/deadlines")
                        .valueStream()
                        .map(limit -> limit.path("kind").asString() + " "
                                + limit.path("dueOn").asString() + " " + limit.has("missedAt")))
                .containsExactly("ISSUE 2026-09-29 true", "PROMISE 2026-10-13 false");
    }

    @Test
    void anEmployerSeesTheCasesOfThoseEnrolledUnderIt() {
        var mover = registry.certificate();
        var uscc = "914301000000000000";
        registry.importPerson(mover, NAME, JINING, participation("2", "{\"from\": \"2019-01\", \"to\": \"2019-02\"}"));
        var id = new PersonId(registry.importPerson(
                mover,
                NAME,
                CHANGSHA,
                participation("1", "").replace("\"paid\"", "\"employer\": \"" + uscc + "\", \"paid\"")));
        var theirs = registry.number(CHANGSHA);
        progressed(TRANSFER_IN, progress(theirs, id, "ACCEPTED", PublicStatus.ACCEPTED, START));

        assertThat(numbers(registry.issuer.token("hr", "EMPLOYER", Map.of("uscc", uscc)), "/api/v1/transfers?mine"))
                .containsExactly(theirs.value());
    }

    @Test
    void whatARegionMayNotSayIsKeptOut() {
        var other = Source.of(HANGZHOU, ServiceName.TRANSFER_OUT);
        var told = new RelationshipTerminatedV1(number, person, JINING, Scheme.EMPLOYEE, START);
        registry.say(other, Topics.participation(JINING), JINING.value(), person.value(), told);
        registry.say(
                other,
                Topics.PROGRESS,
                Topics.EVERYBODY,
                number.value(),
                progress(number, person, "COMPLETED", PublicStatus.COMPLETED, START));
        registry.awaitRead(Topics.participation(JINING));
        registry.awaitRead(Topics.PROGRESS);

        assertThat(registry.dump("case_index")).noneMatch(row -> row.contains(number.value()));
        assertThat(registry.dump("termination")).noneMatch(row -> row.contains(number.value()));
        assertThat(registry.jdbc()
                        .sql("select count(*) from quarantined where reason like '%not its own%'")
                        .query(Long.class)
                        .single())
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    @Tag("R5.4")
    void whatIsSaidOfAPersonFitsTheCaseThatItNamesAndMayComeBeforeIt() {
        var other = new PersonId(registry.importPerson(registry.certificate(), NAME, JINING, participation("2", "")));
        booked();
        terminated();
        awaitAll();
        assertThat(registry.dump("inherited_row")).noneMatch(row -> row.contains(number.value()));
        assertThat(parked()).containsExactly("the case is not known yet", "the case is not known yet");

        accepted();
        awaitAll();
        assertThat(parked()).isEmpty();
        assertThat(registry.dump("inherited_row")).anyMatch(row -> row.contains(number.value()));
        assertThat(registry.dump("termination")).anyMatch(row -> row.contains(number.value()));

        var late = registry.number(CHANGSHA);
        progressed(TRANSFER_IN, progress(late, person, "ACCEPTED", PublicStatus.ACCEPTED, START));
        registry.awaitRead(Topics.PROGRESS);
        booked(late, other, 30);
        booked(late, person, 31);
        registry.say(
                TRANSFER_OUT,
                Topics.participation(JINING),
                JINING.value(),
                other.value(),
                new RelationshipTerminatedV1(late, other, JINING, Scheme.EMPLOYEE, START));
        awaitAll();
        assertThat(registry.jdbc()
                        .sql("select reason from quarantined where record_key in (:one, :other) order by reason")
                        .param("one", person.value())
                        .param("other", other.value())
                        .query((row, n) -> row.getString("reason"))
                        .list())
                .containsExactly(
                        "nobody can have paid the months of these rows",
                        "the case is about another relationship",
                        "the case is another person's, or between other regions");
        assertThat(registry.dump("inherited_row")).noneMatch(row -> row.contains(late.value()));
    }

    private List<String> parked() {
        return registry.jdbc()
                .sql("select reason from parked_input where subject = :person order by position")
                .param("person", person.value())
                .query((row, n) -> row.getString("reason"))
                .list();
    }

    private Envelope accepted() {
        return progressed(TRANSFER_IN, "ACCEPTED", PublicStatus.ACCEPTED, START);
    }

    private Envelope completed() {
        return progressed(TRANSFER_IN, "COMPLETED", PublicStatus.COMPLETED, START.plusSeconds(3600));
    }

    private Envelope progressed(Source source, String step, PublicStatus status, Instant at) {
        return progressed(source, progress(number, person, step, status, at));
    }

    private Envelope progressed(Source source, CaseProgressedV1 told) {
        var said = registry.say(
                source, Topics.PROGRESS, Topics.EVERYBODY, told.number().value(), told);
        registry.awaitRead(Topics.PROGRESS);
        return said;
    }

    static CaseProgressedV1 progress(CaseNumber number, PersonId person, String step, PublicStatus status, Instant at) {
        return new CaseProgressedV1(
                number,
                person,
                JINING,
                CHANGSHA,
                Scheme.EMPLOYEE,
                Scheme.EMPLOYEE,
                step,
                step,
                status,
                JINING,
                at,
                List.of(new DeadlineStatusV1(DeadlineKind.PROMISE, CHANGSHA, LocalDate.of(2026, 10, 13), false, null)));
    }

    private Envelope warned() {
        return registry.say(
                TRANSFER_OUT,
                Topics.DEADLINE,
                Topics.EVERYBODY,
                number.value(),
                new DeadlineWarnedV1(
                        DeadlineKind.ISSUE, JINING, LocalDate.of(2026, 9, 29), 3, START.plus(Duration.ofDays(11))));
    }

    private Envelope missed() {
        return registry.say(
                TRANSFER_OUT,
                Topics.DEADLINE,
                Topics.EVERYBODY,
                number.value(),
                new DeadlineMissedV1(
                        DeadlineKind.ISSUE, JINING, LocalDate.of(2026, 9, 29), START.plus(Duration.ofDays(16))));
    }

    private Envelope terminated() {
        return registry.say(
                TRANSFER_OUT,
                Topics.participation(JINING),
                JINING.value(),
                person.value(),
                new RelationshipTerminatedV1(number, person, JINING, Scheme.EMPLOYEE, START.plusSeconds(3600)));
    }

    private Envelope booked() {
        return booked(number, person, 30);
    }

    private Envelope booked(CaseNumber number, PersonId person, int months) {
        return registry.say(
                TRANSFER_IN,
                Topics.participation(CHANGSHA),
                CHANGSHA.value(),
                person.value(),
                new HistoryBookedV1(
                        number,
                        person,
                        CHANGSHA,
                        Scheme.EMPLOYEE,
                        List.of(new SheetRow(
                                1,
                                YearMonth.of(2019, 1),
                                YearMonth.of(2021, 6),
                                SheetScheme.EMPLOYEE,
                                months,
                                "济宁市医疗保险事业中心",
                                "370899",
                                null))));
    }

    private void awaitAll() {
        registry.awaitRead(Topics.PROGRESS);
        registry.awaitRead(Topics.DEADLINE);
        registry.awaitRead(Topics.participation(JINING));
        registry.awaitRead(Topics.participation(CHANGSHA));
    }

    private Map<String, List<String>> dumps() {
        var dumps = new LinkedHashMap<String, List<String>>();
        TABLES.forEach(table -> dumps.put(table, registry.dump(table)));
        return dumps;
    }

    private String topic(Envelope envelope) {
        return switch (envelope.type()) {
            case "case.progressed.v1" -> Topics.PROGRESS;
            case "deadline.warned.v1", "deadline.missed.v1", "deadline.escalated.v1", "deadline.revised.v1" ->
                Topics.DEADLINE;
            case "relationship.terminated.v1" -> Topics.participation(JINING);
            default -> Topics.participation(CHANGSHA);
        };
    }

    /** As after a restore: the same content said again. */
    private Envelope withNewId(Envelope said) {
        return new Envelope(
                        UuidV7.next().toString(),
                        said.source(),
                        said.type(),
                        said.to(),
                        said.subject(),
                        said.time(),
                        said.sequence(),
                        said.causationId(),
                        said.traceParent(),
                        "",
                        said.signature(),
                        said.data())
                .signedBy(registry.key(Source.parse(said.source())));
    }

    private long activeReservations() {
        return registry.jdbc()
                .sql("select count(*) from reservation where person = :person and freed_at is null")
                .param("person", person.value())
                .query(Long.class)
                .single();
    }

    private List<String> rows(String region, CaseNumber forCase) {
        return registry.post(registry.issuer.service(), "/internal/sheet-rows", """
            {"items": [{"number": "%s", "person": "%s", "region": "%s", "scheme": "310"}]}
            """.formatted(forCase, person, region))
                .body()
                .at("/items/0/rows")
                .valueStream()
                .map(row -> row.path("from").asString() + ".." + row.path("to").asString() + "="
                        + row.path("months").asInt() + "@"
                        + row.path("agencyRegion").asString())
                .toList();
    }

    private List<String> numbers(String token, String path) {
        return registry.get(token, path)
                .body()
                .path("items")
                .valueStream()
                .map(item -> item.path("number").asString())
                .toList();
    }
}
