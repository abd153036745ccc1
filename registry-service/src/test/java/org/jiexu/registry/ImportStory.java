package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.JINING;
import static org.jiexu.registry.RunningRegistry.participation;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jiexu.registry.RunningRegistry.Answer;
import org.jiexu.registry.postgres.ImportStore;
import org.jiexu.wire.vocabulary.Certificate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** 批量导入 — a file of history, all of it or nothing, once however often it is sent. */
class ImportStory {
    private static final String PATH = "/api/v1/agency/370800/participation/imports";
    static final String HEADER =
            "certificateType,certificateNumber,name,sex,scheme,status,personType,since,agency,employer,from,to\n";
    private static final String NAME = "孙清明";

    private final RunningRegistry registry = RunningRegistry.shared();

    @Test
    void aFileWithoutFaultsIsLoadedWholeAndOnce() {
        var one = registry.certificate();
        var other = registry.certificate();
        var file = HEADER
                + line(one, NAME, "2019-01", "2019-12")
                + line(one, NAME, "2020-03", "2020-06")
                + line(other, "李谷雨", "2018-01", "2018-12");

        var sent = send(file);
        var loaded = untilDone(sent);
        var before = registry.dump("paid_period");
        var again = send(file);

        assertThat(sent.status()).isEqualTo(202);
        assertThat(loaded.body().path("state").asString()).isEqualTo("LOADED");
        assertThat(loaded.body().path("lines").asInt()).isEqualTo(3);
        assertThat(loaded.body().path("loaded").asInt()).isEqualTo(3);
        assertThat(loaded.body().path("persons").asInt()).isEqualTo(2);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().path("id").asString())
                .isEqualTo(sent.body().path("id").asString());
        assertThat(registry.dump("paid_period")).isEqualTo(before);
        assertThat(months(one)).isEqualTo(16);
        assertThat(months(other)).isEqualTo(12);
        assertThat(registry.dump("import_line")).isEmpty();
        assertThat(registry.dump("import_period")).isEmpty();
    }

    @Test
    void whatIsThereStaysAndMonthsComeTogether() {
        var certificate = registry.certificate();
        registry.importPerson(
                certificate, NAME, JINING, participation("1", "{\"from\": \"2019-06\", \"to\": \"2020-02\"}"));

        untilDone(send(HEADER + line(certificate, NAME, "2019-01", "2019-12")));

        assertThat(months(certificate)).isEqualTo(14);
        assertThat(search(certificate)
                        .body()
                        .at("/participations/0/participation/status")
                        .asString())
                .isEqualTo("1");
    }

    @Test
    void everyFaultOfEveryLineIsToldAndNothingIsLoaded() {
        var good = registry.certificate();
        var twice = registry.certificate();
        var known = registry.certificate();
        registry.importPerson(known, "钱立夏", JINING, participation("1", ""));
        var file = HEADER
                + line(good, NAME, "2019-01", "2019-12")
                + "01,430103199001010010,,9,320,2,1101,2015-01-01,,,2019-12,2019-01\n"
                + line(twice, NAME, "2019-01", "2019-12")
                + line(twice, "孙小满", "2019-12", "2020-02")
                + "01,two cells\n"
                + line(known, NAME, "2019-01", "2019-12");

        var refused = untilDone(send(file));
        var errors = errors(refused, "?limit=200");
        var first = registry.get(registry.issuer.clerk(JINING), path(refused) + "/errors?limit=2");
        var second = registry.get(
                registry.issuer.clerk(JINING),
                path(refused) + "/errors?limit=2&after="
                        + first.body().path("next").asString());

        assertThat(refused.body().path("state").asString()).isEqualTo("REFUSED");
        assertThat(errors)
                .containsExactlyInAnyOrder(
                        "3 certificateNumber BAD_NUMBER",
                        "3 name REQUIRED",
                        "3 scheme BAD_SCHEME",
                        "3 to PERIOD_REVERSED",
                        "5 name NAME_DIFFERS",
                        "5 from OVERLAPPING_LINES",
                        "6  WRONG_COLUMN_COUNT",
                        "7 name NAME_NUMBER_MISMATCH");
        assertThat(refused.body().path("errors").asInt()).isEqualTo(8);
        assertThat(first.body().path("items").size()).isEqualTo(2);
        assertThat(second.body().at("/items/0/line").asInt()).isEqualTo(3);
        assertThat(search(good).status()).isEqualTo(404);
        assertThat(registry.dump("import_line")).isEmpty();
    }

    @Test
    void aRefusedFileIsCheckedAnewBecauseTheRegisterMayHaveChanged() {
        var certificate = registry.certificate();
        var file = HEADER + line(certificate, NAME, "2019-01", "2019-12").replace("370899", "370877");
        var refused = untilDone(send(file));
        registry.jdbc().sql("""
            insert into agency select '370877', region, name, address, telephone, supervision_telephone, postcode,
                   clerk, false from agency where code = '370899' on conflict do nothing
            """).update();

        var loaded = untilDone(send(file));

        assertThat(errors(refused, "")).isEmpty();
        assertThat(loaded.body().path("id").asString())
                .isEqualTo(refused.body().path("id").asString());
        assertThat(refused.body().path("errors").asInt()).isEqualTo(1);
        assertThat(loaded.body().path("state").asString()).isEqualTo("LOADED");
        registry.jdbc().sql("delete from paid_period where agency = '370877'").update();
        registry.jdbc().sql("delete from participation where agency = '370877'").update();
        registry.jdbc().sql("delete from agency where code = '370877'").update();
    }

    @Test
    void aFileWhoseInstanceWasCutOffIsTakenUpByAnother() {
        var certificate = registry.certificate();
        var store = registry.bean(ImportStore.class);
        var transaction = registry.bean(TransactionTemplate.class);
        transaction.executeWithoutResult(_ -> {
            store.begin("cut-off", JINING, "clerk", RunningRegistry.START, Duration.ofMinutes(5));
            var cells = List.of(
                    line(certificate, NAME, "2019-01", "2019-12").strip().split(",", -1));
            store.add("cut-off", List.of(new ImportStore.RawLine(2, cells, null)), Duration.ofMinutes(5));
            store.received("cut-off", "digest of a file");
        });
        // Half checked by an instance that is no more: its lease has just run out.
        registry.jdbc()
                .sql("update history_import set state = 'CHECKING', lease_by = 'gone' where id = 'cut-off'")
                .update();

        approve("cut-off");
        registry.await()
                .until(() -> show("cut-off").body().path("state").asString().equals("LOADED"));

        assertThat(months(certificate)).isEqualTo(12);
    }

    @Test
    void aLoadThatBreaksOffLeavesNothingBehindAndIsDoneAgain() {
        var certificate = registry.certificate();
        // What a sequence gave is not taken back: it tells that the load has been cut off.
        registry.jdbc().sql("create sequence cut_off").update();
        registry.jdbc().sql("""
            create function cut() returns trigger language plpgsql as
            'begin perform nextval(''cut_off''); raise exception ''cut off''; end'
            """).update();
        registry.jdbc()
                .sql("create trigger cut before insert on paid_period for each statement execute function cut()")
                .update();

        var id = send(HEADER + line(certificate, NAME, "2019-01", "2019-12"))
                .body()
                .path("id")
                .asString();
        approve(id);
        registry.await()
                .until(() -> registry.jdbc()
                        .sql("select is_called from cut_off")
                        .query(Boolean.class)
                        .single());
        var broken = search(certificate);
        registry.jdbc().sql("drop function cut cascade").update();
        registry.jdbc().sql("drop sequence cut_off").update();
        registry.jdbc()
                .sql("update history_import set lease_until = now() where id = :id")
                .param("id", id)
                .update();
        registry.await().until(() -> show(id).body().path("state").asString().equals("LOADED"));

        assertThat(broken.status()).isEqualTo(404);
        assertThat(months(certificate)).isEqualTo(12);
    }

    @Test
    void whatIsNoFileOfPeriodsIsRefusedAtTheDoor() {
        assertThat(send("name,number\nx,y\n").code()).isEqualTo("BAD_HEADER");
        assertThat(send(HEADER).code()).isEqualTo("EMPTY_FILE");
        assertThat(send("").code()).isEqualTo("EMPTY_FILE");
        assertThat(registry.post(registry.issuer.clerk(JINING), PATH, "{}").status())
                .isEqualTo(415);
        assertThat(registry.csv(registry.issuer.clerk(CHANGSHA), PATH, HEADER).status())
                .isEqualTo(403);
        assertThat(registry.csv(registry.issuer.clerk(JINING), PATH, HEADER + "x".repeat(17 << 20))
                        .status())
                .isEqualTo(413);
        assertThat(registry.post(
                                registry.issuer.clerk(JINING),
                                "/api/v1/agency/370800/participation/search",
                                "{\"x\": \"" + "x".repeat(100_000) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(show("nobody").status()).isEqualTo(404);
        assertThat(registry.dump("history_import")).noneMatch(row -> row.contains("RECEIVING"));
    }

    @Test
    void moreThanAHundredThousandLinesAreTooMany() {
        var file = HEADER
                + IntStream.rangeClosed(0, ReceiveImport.MOST_LINES)
                        .mapToObj(_ -> "x\n")
                        .collect(Collectors.joining());

        assertThat(send(file).code()).isEqualTo("TOO_MANY_LINES");
        assertThat(registry.dump("import_line")).isEmpty();
    }

    static String line(Certificate certificate, String name, String from, String to) {
        return "01,%s,%s,2,310,2,1101,2015-01-01,370899,,%s,%s%n".formatted(certificate.number(), name, from, to);
    }

    private Answer send(String file) {
        return registry.csv(registry.issuer.clerk(JINING), PATH, file);
    }

    private Answer untilDone(Answer sent) {
        var id = sent.body().path("id").asString();
        approve(id);
        registry.await().until(() -> show(id).body().hasNonNull("finishedAt"));
        return show(id);
    }

    /** By a reviewer, with the totals that the check has counted; nothing where the file is refused. */
    private void approve(String id) {
        registry.await().until(() -> {
            var state = show(id).body().path("state").asString();
            return state.equals("CHECKED") || show(id).body().hasNonNull("finishedAt");
        });
        if (!show(id).body().hasNonNull("finishedAt")) {
            var counted = show(id).body();
            var answer = decide(
                    registry.issuer.reviewer(JINING),
                    id,
                    counted.path("persons").asInt(),
                    counted.path("months").asInt());
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    private Answer decide(String token, String id, int persons, int months) {
        return registry.post(
                token, PATH + "/" + id + "/approval", "{\"persons\": %d, \"months\": %d}".formatted(persons, months));
    }

    @Test
    @Tag("R11.5")
    void aFileWithoutFaultsWaitsForAnotherPersonWhoKnowsItsTotals() {
        var certificate = registry.certificate();
        var sent = send(
                HEADER + line(certificate, NAME, "2019-01", "2019-12") + line(certificate, NAME, "2020-02", "2020-02"));
        var id = sent.body().path("id").asString();
        registry.await().until(() -> show(id).body().path("state").asString().equals("CHECKED"));

        var own = decide(registry.issuer.clerk(JINING), id, 1, 13);
        var miscounted = decide(registry.issuer.reviewer(JINING), id, 1, 12);
        var before = search(certificate).status();
        var approved = decide(registry.issuer.reviewer(JINING), id, 1, 13);
        registry.await().until(() -> show(id).body().path("state").asString().equals("LOADED"));

        assertThat(own.code()).isEqualTo("SAME_PERSON");
        assertThat(miscounted.code()).isEqualTo("CONTROL_TOTAL_DIFFERS");
        assertThat(before).isEqualTo(404);
        assertThat(approved.body().path("state").asString()).isEqualTo("LOADING");
        assertThat(show(id).body().path("approvedBy").asString()).isEqualTo("reviewer-370800");
        assertThat(registry.dump("months_entry"))
                .filteredOn(row -> row.contains("file:" + id))
                .singleElement()
                .asString()
                .contains("clerk-370800", "reviewer-370800", "2019-01..2019-12@370899,2020-02..2020-02@370899");
    }

    @Test
    @Tag("R11.5")
    void aFileThatIsNotApprovedIsNotLoaded() {
        var certificate = registry.certificate();
        var sent = send(HEADER + line(certificate, NAME, "2019-01", "2019-12"));
        var id = sent.body().path("id").asString();
        registry.await().until(() -> show(id).body().path("state").asString().equals("CHECKED"));

        var refused =
                registry.post(registry.issuer.reviewer(JINING), PATH + "/" + id + "/refusal", "{\"reason\": \"来源不明\"}");

        assertThat(refused.body().path("state").asString()).isEqualTo("REFUSED");
        assertThat(refused.body().path("refusal").asString()).isEqualTo("来源不明");
        assertThat(decide(registry.issuer.reviewer(JINING), id, 1, 12).code()).isEqualTo("NOT_WAITING");
        assertThat(search(certificate).status()).isEqualTo(404);
        assertThat(registry.dump("import_period")).noneMatch(row -> row.contains(id));
    }

    @Test
    @Tag("R11.5")
    void whatWasTakenBackAndIsSentAgainIsTheNewSendersFile() {
        var file = HEADER + line(registry.certificate(), NAME, "2019-01", "2019-12");
        var id = send(file).body().path("id").asString();
        untilChecked(id);
        registry.post(registry.issuer.clerk(JINING), PATH + "/" + id + "/refusal", "{\"reason\": \"有误\"}");
        var takenBack = show(id).body();

        registry.csv(registry.issuer.reviewer(JINING), PATH, file);
        untilChecked(id);

        assertThat(takenBack.path("refusedBy").asString()).isEqualTo("clerk-370800");
        assertThat(show(id).body().path("receivedBy").asString()).isEqualTo("reviewer-370800");
        assertThat(decide(registry.issuer.reviewer(JINING), id, 1, 12).code()).isEqualTo("SAME_PERSON");
        assertThat(decide(registry.issuer.clerk(JINING), id, 1, 12).status()).isEqualTo(200);
    }

    private void untilChecked(String id) {
        registry.await().until(() -> show(id).body().path("state").asString().equals("CHECKED"));
    }

    private Answer show(String id) {
        return registry.get(registry.issuer.clerk(JINING), PATH + "/" + id);
    }

    private static String path(Answer shown) {
        return PATH + "/" + shown.body().path("id").asString();
    }

    private List<String> errors(Answer shown, String query) {
        return registry.get(registry.issuer.clerk(JINING), path(shown) + "/errors" + query)
                .body()
                .path("items")
                .valueStream()
                .map(error ->
                        error.path("line").asInt() + " " + error.path("field").asString("") + " "
                                + error.path("code").asString())
                .toList();
    }

    private int months(Certificate certificate) {
        return search(certificate).body().at("/participations/0/months").asInt();
    }

    private Answer search(Certificate certificate) {
        return registry.post(registry.issuer.clerk(JINING), "/api/v1/agency/370800/participation/search", """
            {"certificateType": "01", "certificateNumber": "%s"}
            """.formatted(
                        certificate.number()));
    }
}
