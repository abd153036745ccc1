package org.jiexu.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jiexu.settlement.Settlement.CHANGSHA;
import static org.jiexu.settlement.Settlement.HANGZHOU;
import static org.jiexu.settlement.Settlement.JINING;
import static org.jiexu.settlement.Settlement.until;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.settlement.postgres.LedgerStore;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** R11.5: balances and corrections by hand, from the paper of the first person to the posting of both. */
@Tag("R11.5")
class BalanceBatchStory {
    private static final String BATCHES = "/api/v1/agency/370800/accounts/batches";

    private final Settlement settlement = Settlement.shared();
    private final String clerk = settlement.tokens.clerk("hand-1", JINING);
    private final String other = settlement.tokens.clerk("hand-2", JINING);
    private final String reviewer = settlement.tokens.reviewer("hand-3", JINING);

    @Test
    void oneClerkAloneMovesNothing() {
        var person = settlement.newCase(JINING, CHANGSHA).person;

        var direct = settlement.post(clerk, "/api/v1/agency/370800/accounts/import", """
            {"batch": "alone", "items": [{"person": "%s", "amount": "1000000.00"}]}\
            """.formatted(person));
        var prepared = prepare("one-hand", Map.of(person, "12.30"));
        var own = approve(clerk, "one-hand", prepared);

        assertThat(direct.status()).isEqualTo(403);
        assertThat(prepared.status()).isEqualTo(201);
        assertThat(prepared.body().path("state").asString()).isEqualTo("PREPARED");
        assertThat(own.code()).isEqualTo("SAME_PERSON");
        assertThat(balance(person)).isEmpty();
    }

    @Test
    void twoPersonsPutItOnTheAccountAndStandBesideThePosting() {
        var person = settlement.newCase(JINING, CHANGSHA).person;
        var prepared = prepare("two-hands", Map.of(person, "12.30"));

        assertThat(settlement
                        .post(other, BATCHES + "/two-hands/approval", "{\"digest\": \"other\"}")
                        .code())
                .isEqualTo("PREPARED_OTHERWISE");
        assertThat(settlement
                        .post(
                                settlement.tokens.clerk("hand-9", CHANGSHA),
                                BATCHES + "/two-hands/approval",
                                "{\"digest\": \"other\"}")
                        .status())
                .isEqualTo(404);
        assertThat(approve(other, "two-hands", prepared).status()).isEqualTo(200);
        untilPosted("two-hands");
        assertThat(approve(reviewer, "two-hands", prepared).body().path("state").asString())
                .isEqualTo("POSTED");
        assertThat(prepare("two-hands", Map.of(person, "12.30"))
                        .body()
                        .path("posted")
                        .asInt())
                .isEqualTo(1);
        assertThat(prepare("two-hands", Map.of(person, "12.31")).code()).isEqualTo("BATCH_DIFFERS");

        assertThat(balance(person)).containsExactly("1230");
        assertThat(hands("import:two-hands:1")).containsExactly("IMPORT hand-1 hand-2");
        assertThat(settlement.sum(JINING)).isEqualTo(Fen.ZERO);
    }

    @Test
    void aBatchThatCannotBeRightIsRefusedByLineBeforeAnything() {
        var person = settlement.newCase(JINING, CHANGSHA).person;
        var resident = new PersonId("P700000000001");

        var faulty = settlement.post(clerk, BATCHES, """
            {"batch": "faulty", "reason": "九月缴费", "count": 4, "sum": "4.00", "items": [
              {"person": "%s", "amount": "1.00"}, {"person": "PZZZZZZZZZZZZ", "amount": "1.00"},
              {"person": "%s", "amount": "3.00"}, {"person": "%s", "amount": "-1.00"}]}
            """.formatted(person, resident, person));
        var miscounted = prepare("miscounted", Map.of(person, "1.00"), 2, "1.00");
        var missummed = prepare("missummed", Map.of(person, "1.00"), 1, "1.01");
        var tooMuch = prepare("too-much", Map.of(person, "100000.01"));
        var tooMuchInAll = prepare(
                "too-much-in-all",
                IntStream.range(0, 2001)
                        .boxed()
                        .collect(Collectors.toMap(n -> new PersonId("P8%011d".formatted(n)), n -> "10000.00")));

        assertThat(faulty.status()).isEqualTo(422);
        assertThat(faulty.body().path("errors").findValuesAsString("field"))
                .containsExactly("items[1].person", "items[2].person", "items[3].amount");
        assertThat(faulty.body().path("errors").findValuesAsString("code"))
                .containsExactly("UNKNOWN_PERSON", "NO_ACCOUNT", "NOTHING_TO_TAKE");
        assertThat(List.of(miscounted.code(), missummed.code(), tooMuch.code(), tooMuchInAll.code()))
                .containsExactly(
                        "CONTROL_TOTAL_DIFFERS", "CONTROL_TOTAL_DIFFERS", "BATCH_HAS_FAULTS", "OVER_BATCH_CEILING");
        assertThat(tooMuch.body().path("errors").findValuesAsString("code")).containsExactly("OVER_PERSON_CEILING");
        assertThat(settlement.strings("""
            select batch from balance_batch where batch in
                ('faulty', 'miscounted', 'missummed', 'too-much', 'too-much-in-all')\
            """)).isEmpty();
    }

    @Test
    void aCorrectionTakesNothingThatIsHeldOrNotThere() {
        var rich = settlement.newCase(JINING, HANGZHOU).balance("10.00");
        var held = settlement.newCase(JINING, HANGZHOU).balance("10.00");
        held.hold(1);
        held.untilSending("HELD");

        var prepared = prepare("correction", Map.of(rich.person, "-4.00", held.person, "-0.01"));
        approve(reviewer, "correction", prepared);
        untilPosted("correction");

        assertThat(balance(rich.person)).containsExactly("600");
        assertThat(balance(held.person)).containsExactly("1000");
        var lines = settlement.get(clerk, BATCHES + "/correction/lines").body().path("items");
        assertThat(lines.findValuesAsString("outcome")).containsExactlyInAnyOrder("POSTED", "NOT_POSTED");
        assertThat(lines.findValuesAsString("why")).containsExactly("RESERVED");
        assertThat(lines.findValuesAsString("words")).containsExactly("余额已由在办业务冻结，没有入账");
    }

    @Test
    void aLineThatGoesBeyondWhatASheetCanStateIsNotPosted() {
        var full = settlement.newCase(JINING, HANGZHOU).balance("999999999999.98");
        var other = settlement.newCase(JINING, HANGZHOU).balance("1.00");

        approve(reviewer, "beyond", prepare("beyond", Map.of(full.person, "0.02", other.person, "0.02")));
        untilPosted("beyond");

        assertThat(balance(full.person)).containsExactly("99999999999998");
        assertThat(balance(other.person)).containsExactly("102");
        assertThat(settlement.strings("select why from balance_batch_line where batch = 'beyond' and why is not null"))
                .containsExactly("BALANCE_BEYOND_SHEET");
    }

    @Test
    void whatIsRefusedOrTakenBackIsNeverPosted() {
        var person = settlement.newCase(JINING, CHANGSHA).person;
        var refused = prepare("refused", Map.of(person, "1.00"));
        prepare("taken-back", Map.of(person, "2.00"));

        var answer = settlement.post(reviewer, BATCHES + "/refused/refusal", "{\"reason\": \"金额有误\"}");
        settlement.post(clerk, BATCHES + "/taken-back/refusal", "{\"reason\": \"录入错误\"}");

        assertThat(answer.body().path("refusal").asString()).isEqualTo("金额有误");
        assertThat(approve(other, "refused", refused).code()).isEqualTo("ALREADY_DECIDED");
        assertThat(settlement.strings("select state from balance_batch where batch in ('refused', 'taken-back')"))
                .containsExactly("REFUSED", "REFUSED");
        assertThat(balance(person)).isEmpty();
    }

    @Test
    @Tag("R11.3")
    void aBatchThatWasCutOffBetweenTwoPagesGoesOnWithTheRest() {
        var persons = IntStream.range(0, 60)
                .boxed()
                .collect(Collectors.toMap(n -> new PersonId("P9%011d".formatted(n)), n -> "1.00"));
        settlement.bean(CrashPoints.class).arm("settlement.after-batch-page", 1, () -> {
            throw new IllegalStateException("cut off");
        });

        approve(other, "cut-off", prepare("cut-off", persons));
        untilPosted("cut-off");

        settlement.bean(CrashPoints.class).disarm();
        assertThat(settlement.strings("select count(*) from posting where business_key like 'import:cut-off:%'"))
                .containsExactly("60");
        assertThat(settlement.strings(
                        "select distinct balance from account where kind = 'PERSONAL' and owner like 'P9%'"))
                .containsExactly("100");
    }

    @Test
    void theTablesRefuseWhatOneHandWrites() {
        var person = settlement.newCase(JINING, CHANGSHA).person;
        var posting = Posting.contribute("no-hands", 1, JINING, person, Fen.of(1));
        prepare("one-hand-in-sql", Map.of(person, "1.00"));

        assertThatThrownBy(() -> settlement
                        .bean(TransactionTemplate.class)
                        .executeWithoutResult(_ -> settlement
                                .bean(LedgerStore.class)
                                .post(posting, Instant.parse("2026-09-14T01:00:00Z"))))
                .hasStackTraceContaining("names no two persons");
        assertThatThrownBy(() -> sql("""
            update balance_batch set state = 'APPROVED', decided_by = prepared_by, decided_at = now()
             where batch = 'one-hand-in-sql'\
            """)).hasStackTraceContaining("two_persons");
        assertThatThrownBy(() -> sql("update balance_batch_line set amount = 2 where batch = 'one-hand-in-sql'"))
                .hasStackTraceContaining("keeps what was prepared");
        assertThatThrownBy(() -> sql("update posting_hand set approved_by = 'x'"))
                .hasStackTraceContaining("append-only");
    }

    private void sql(String text) {
        settlement.bean(JdbcClient.class).sql(text).update();
    }

    private Settlement.Reply prepare(String batch, Map<PersonId, String> amounts) {
        var sum = amounts.values().stream().map(Fen::parse).reduce(Fen.ZERO, Fen::plus);
        return prepare(batch, amounts, amounts.size(), sum.yuan());
    }

    private Settlement.Reply prepare(String batch, Map<PersonId, String> amounts, int count, String sum) {
        var items = amounts.entrySet().stream()
                .map(each -> "{\"person\": \"%s\", \"amount\": \"%s\"}".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining(","));
        return settlement.post(clerk, BATCHES, """
            {"batch": "%s", "reason": "九月缴费", "count": %d, "sum": "%s", "items": [%s]}
            """.formatted(batch, count, sum, items));
    }

    private Settlement.Reply approve(String token, String batch, Settlement.Reply prepared) {
        return settlement.post(
                token,
                BATCHES + "/" + batch + "/approval",
                "{\"digest\": \"%s\"}".formatted(prepared.body().path("digest").asString()));
    }

    private void untilPosted(String batch) {
        until(() -> settlement
                .strings("select state from balance_batch where batch = ?", batch)
                .equals(List.of("POSTED")));
    }

    private List<String> balance(PersonId person) {
        return settlement.strings(
                "select balance from account where kind = 'PERSONAL' and region = '370800' and owner = ?",
                person.value());
    }

    private List<String> hands(String key) {
        return settlement.strings("""
            select act || ' ' || prepared_by || ' ' || approved_by
              from posting_hand h join posting p on p.id = h.posting where p.business_key = ?\
            """, key);
    }
}
