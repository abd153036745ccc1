package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.HANGZHOU;
import static org.jiexu.registry.RunningRegistry.JINING;
import static org.jiexu.registry.RunningRegistry.START;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jiexu.registry.RunningRegistry.Answer;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DeadlineStatusV1;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 放假安排通知 — loaded whole or not at all, shown before it counts, decided by two people. */
@Tag("R4.3")
class NoticeStory {
    private static final String NOTICES = "/api/v1/operations/calendar/notices";
    private static final String YEAR_2027 = """
        date,name,kind
        2027-01-01,元旦,HOLIDAY
        2027-01-04,元旦,HOLIDAY
        2027-05-01,劳动节,HOLIDAY
        2027-05-02,劳动节,HOLIDAY
        2027-10-01,国庆节,HOLIDAY
        2027-10-02,国庆节,HOLIDAY
        2027-10-03,国庆节,HOLIDAY
        """;

    private final RunningRegistry registry = RunningRegistry.shared();
    private final String operator = operator("first", Map.of());
    private final String another = operator("second", Map.of());

    @Test
    void everyFaultIsToldWithItsLineAndNothingIsLoaded() {
        var before = registry.dump("calendar_notice").size();

        var answer = prepare(operator, "*", """
            date,name,kind
            2027-01-01,元旦,HOLIDAY
            2027-13-01,元旦,HOLIDAY
            2027-01-01,元旦,HOLIDAY
            2027-01-04,,WORKDAY
            2027-01-05,元旦
            2027-01-06,元旦,FREE
            2029-05-01,劳动节,HOLIDAY
            """);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INVALID_NOTICE");
        assertThat(StreamSupport.stream(answer.body().path("errors").spliterator(), false)
                        .map(fault -> fault.path("field").asString() + " "
                                + fault.path("code").asString()))
                .containsExactly(
                        "line 3 DATE",
                        "line 4 SAME_DAY_TWICE",
                        "line 5 NAME",
                        "line 5 ALREADY_WORKING",
                        "line 6 WRONG_COLUMN_COUNT",
                        "line 7 KIND",
                        "line 8 OTHER_YEAR",
                        "line 0 STATUTORY_DAY",
                        "line 0 STATUTORY_DAY",
                        "line 0 STATUTORY_DAY",
                        "line 0 STATUTORY_DAY",
                        "line 0 STATUTORY_DAY");
        assertThat(registry.dump("calendar_notice")).hasSize(before);
    }

    @Test
    void aYearThatBecomesCertainShowsEveryOpenLimitThatItChanges() {
        var early = open(JINING, LocalDate.of(2026, 11, 2), LocalDate.of(2026, 11, 16), false);
        var paused = open(JINING, LocalDate.of(2026, 12, 28), LocalDate.of(2027, 1, 13), true);
        var late = open(JINING, LocalDate.of(2026, 12, 28), LocalDate.of(2027, 1, 12), true);

        var prepared = prepare(operator, "*", YEAR_2027);
        var again = prepare(operator, "*", YEAR_2027);
        var other = prepare(operator, "*", YEAR_2027.replace("2027-01-04", "2027-01-05"));
        var id = prepared.body().path("id").asString();
        var changes = changes(id);
        var refused = registry.post(another, NOTICES + "/" + id + "/refusal", "{}");

        assertThat(prepared.status()).isEqualTo(201);
        assertThat(again.body().path("id").asString()).isEqualTo(id);
        assertThat(other.code()).isEqualTo("NOTICE_WAITING");
        assertThat(changes)
                .contains(
                        late + " ISSUE 370800 2027-01-12 true 2027-01-13 false",
                        paused + " ISSUE 370800 2027-01-13 true 2027-01-14 false")
                .noneMatch(line -> line.startsWith(early.value()));
        assertThat(prepared.body().path("changes").asInt()).isEqualTo(changes.size());
        assertThat(refused.body().path("state").asString()).isEqualTo("REFUSED");
        assertThat(registry.post(another, NOTICES + "/" + id + "/approval", "{}")
                        .code())
                .isEqualTo("ALREADY_DECIDED");
        assertThat(registry.get(operator, "/api/v1/operations/calendar?year=2027")
                        .body()
                        .path("provisional")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aRegionsOwnDaysAreItsProvincesMatterAndCountThereAlone() {
        var file = "date,name,kind\n2026-11-18,地方节日,HOLIDAY\n";
        var here = operator("hangzhou", Map.of("province", "330000"));

        assertThat(prepare(operator("hunan", Map.of("province", "430000")), HANGZHOU.value(), file)
                        .code())
                .isEqualTo("OTHER_REGION");
        assertThat(prepare(here, "*", YEAR_2027).code()).isEqualTo("NATIONAL_ONLY");
        assertThat(prepare(registry.issuer.clerk(HANGZHOU), HANGZHOU.value(), file)
                        .status())
                .isEqualTo(403);
        var prepared = prepare(here, HANGZHOU.value(), file);
        var id = prepared.body().path("id").asString();
        assertThat(registry.post(here, NOTICES + "/" + id + "/approval", "{}").code())
                .isEqualTo("SAME_PERSON");
        var approved = registry.post(another, NOTICES + "/" + id + "/approval", "{}");

        assertThat(approved.status()).isEqualTo(200);
        assertThat(approved.body().path("state").asString()).isEqualTo("APPROVED");
        registry.await()
                .untilAsserted(() -> assertThat(due(HANGZHOU, "2026-11-17")).isEqualTo("2026-11-19"));
        assertThat(due(CHANGSHA, "2026-11-17")).isEqualTo("2026-11-18");
        assertThat(registry.get(operator, "/api/v1/operations/calendar?year=2026&region=330100")
                        .body()
                        .at("/days/0/name")
                        .asString())
                .isEqualTo("地方节日");
    }

    @Test
    void aCorrectedNoticeReplacesItsYearAndOutlivesARestart() {
        var known = registry.bean(DirectoryStore.class).calendars().stream()
                .filter(year -> year.region().equals("*") && year.year() == 2026)
                .findFirst()
                .orElseThrow();
        var file = new StringBuilder("date,name,kind\n");
        known.days()
                .forEach(day -> file.append(day.date())
                        .append(',')
                        .append(day.name())
                        .append(',')
                        .append(day.working() ? "WORKDAY" : "HOLIDAY")
                        .append('\n'));

        approve(prepare(operator, "*", file + "2026-12-30,更正,HOLIDAY\n"));
        registry.restart();
        assertThat(days2026()).hasSize(known.days().size() + 1);

        approve(prepare(operator, "*", file.toString()));
        assertThat(days2026()).hasSize(known.days().size());
    }

    private static String operator(String subject, Map<String, String> claims) {
        return RunningRegistry.shared().issuer.token(subject, "OPERATOR", claims);
    }

    private void approve(Answer prepared) {
        assertThat(registry.post(
                                another,
                                NOTICES + "/" + prepared.body().path("id").asString() + "/approval",
                                "{}")
                        .status())
                .isEqualTo(200);
    }

    private List<String> days2026() {
        return registry.dump("calendar_day").stream()
                .filter(row -> row.startsWith("(*,2026-"))
                .toList();
    }

    private Answer prepare(String token, String region, String file) {
        return registry.csv(
                token,
                NOTICES + "?region=" + region + "&notice=" + URLEncoder.encode("国办发明电〔2026〕7号", StandardCharsets.UTF_8),
                file);
    }

    private List<String> changes(String id) {
        var lines = new ArrayList<String>();
        String after = "";
        do {
            var page = registry.get(operator, NOTICES + "/" + id + "/changes?limit=2" + after)
                    .body();
            page.path("items")
                    .forEach(change -> lines.add("%s %s %s %s %s %s %s"
                            .formatted(
                                    change.path("number").asString(),
                                    change.path("kind").asString(),
                                    change.path("region").asString(),
                                    change.path("dueOn").asString(),
                                    change.path("provisional").asString(),
                                    change.path("newDueOn").asString(),
                                    change.path("newProvisional").asString())));
            after = page.path("next").isNull() || page.path("next").isMissingNode()
                    ? ""
                    : "&after=" + page.path("next").asString();
        } while (!after.isEmpty());
        return lines;
    }

    private String due(RegionCode region, String start) {
        return registry.get(operator, "/api/v1/operations/deadline?start=" + start + "&workingDays=1&region=" + region)
                .body()
                .path("dueOn")
                .asString();
    }

    /** A case with ten working days for its sheet. */
    private CaseNumber open(RegionCode sending, LocalDate startedOn, LocalDate dueOn, boolean provisional) {
        var number = registry.number(CHANGSHA);
        var certificate = registry.certificate();
        var person = new PersonId(registry.aMover(certificate, "陈小麦"));
        registry.check(number, certificate, "陈小麦", CHANGSHA, "");
        registry.say(
                Source.of(sending, ServiceName.TRANSFER_OUT),
                Topics.PROGRESS,
                Topics.EVERYBODY,
                number.value(),
                new CaseProgressedV1(
                        number,
                        person,
                        sending,
                        CHANGSHA,
                        Scheme.EMPLOYEE,
                        Scheme.EMPLOYEE,
                        "PAUSED",
                        "ACCEPTED",
                        PublicStatus.ACCEPTED,
                        sending,
                        START,
                        List.of(new DeadlineStatusV1(
                                DeadlineKind.ISSUE,
                                sending,
                                dueOn,
                                provisional,
                                null,
                                startedOn,
                                10,
                                dueOn,
                                null,
                                null,
                                null))));
        registry.awaitRead(Topics.PROGRESS);
        return number;
    }
}
