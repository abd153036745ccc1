package org.jiexu.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.settlement.Settlement.CHANGSHA;
import static org.jiexu.settlement.Settlement.JINING;
import static org.jiexu.settlement.Settlement.until;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jiexu.bus.directory.Policies;
import org.jiexu.settlement.Settlement.Reply;
import org.jiexu.wire.contract.HoldRequestedV1;
import org.jiexu.wire.contract.LeftOverFoundV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** 历史余额推送: 长沙 looks for what those who have moved to 株洲 left behind (R6.4). */
@Tag("R6.4")
class LeftOverStory {
    private static final RegionCode ZHUZHOU = new RegionCode("430200");
    private static final AtomicInteger REQUESTS = new AtomicInteger();
    private static final String PATH = "/api/v1/agency/430100/left-over-balances";

    private final Settlement settlement = Settlement.shared();
    private final String clerk = settlement.tokens.clerk("c-1", CHANGSHA);

    @Test
    void isCountedFirstAndThenToldToTheRegionsConcerned() {
        var moved = settlement.newCase(CHANGSHA, JINING).balance("66.60").person;
        var stayed = settlement.newCase(CHANGSHA, JINING).balance("77.70").person;
        movedTo(Map.of(moved, ZHUZHOU));

        var counted = finished(begin("{\"dryRun\": true}"));
        assertThat(counted.body().path("persons").asInt()).isEqualTo(1);
        assertThat(counted.body().path("byRegion"))
                .isEqualTo(JsonMapper.shared().readTree("""
                    [{"receiving": "430200", "persons": 1, "amount": "66.60"}]
                    """));
        assertThat(told(moved)).isEmpty();

        var pushed = finished(begin("{\"dryRun\": false}"));
        assertThat(pushed.body().path("amount").asString()).isEqualTo("66.60");
        until(() -> told(moved).size() == 1);
        assertThat(told(moved).getFirst().region()).isEqualTo(CHANGSHA);
        assertThat(told(moved).getFirst().amount()).isEqualTo(Fen.parse("66.60"));
        assertThat(told(stayed)).isEmpty();
        var lines = settlement.get(clerk, PATH + "/" + pushed.body().path("id").asString() + "/persons");
        assertThat(lines.body().path("items")).isEqualTo(JsonMapper.shared().readTree("""
            [{"person": "%s", "receiving": "430200", "amount": "66.60", "moved": "0.00", "state": "WAITING",
              "words": "转入地尚未办理"}]
            """.formatted(moved.value())));
    }

    @Test
    @Tag("R2.10")
    void movesNothingByItselfSaysWhatHasMovedAndLeavesWhatThePersonChoseToLeave() {
        var taken = settlement.newCase(CHANGSHA, ZHUZHOU).balance("11.00");
        var left = settlement.newCase(CHANGSHA, ZHUZHOU).balance("22.00");
        var stopped = settlement.newCase(CHANGSHA, ZHUZHOU).balance("33.00");
        left.transferOut(new HoldRequestedV1(1, left.person, Scheme.EMPLOYEE, AccountWish.STAYS));
        left.untilSending("EMPTY");
        movedTo(Map.of(taken.person, ZHUZHOU, left.person, ZHUZHOU, stopped.person, ZHUZHOU));

        var pushed = finished(begin("{\"dryRun\": false}"));
        assertThat(pushed.body().path("moved").asString()).isEqualTo("0.00");
        taken.hold(1);
        taken.untilSending("HELD").advance(1, "11.00");
        taken.untilSending("REMITTED");
        settlement.post(
                clerk, "/api/v1/agency/430100/accounts/" + stopped.person + "/freeze", "{\"reason\": \"court\"}");

        var path = PATH + "/" + pushed.body().path("id").asString();
        assertThat(settlement.get(clerk, path).body().path("moved").asString()).isEqualTo("11.00");
        assertThat(settlement.get(clerk, path).body().path("outcomes"))
                .isEqualTo(JsonMapper.shared().readTree("""
                    [{"state": "CHOSEN_TO_STAY", "words": "参保人选择保留，不推送", "persons": 1, "amount": "22.00"},
                     {"state": "MOVED", "words": "已划转", "persons": 1, "amount": "11.00"},
                     {"state": "STOPPED", "words": "账户已止付", "persons": 1, "amount": "33.00"}]
                    """));
        assertThat(told(stopped.person)).hasSize(1);
        assertThat(told(left.person)).isEmpty();
    }

    @Test
    void isForThisRegionsStaffWhoSayWhichOfTheTwoTheyWish() {
        assertThat(begin("{}").status()).isEqualTo(400);
        assertThat(settlement
                        .create(settlement.tokens.clerk("c-2", JINING), PATH, "{\"dryRun\": true}", "left-over-other")
                        .status())
                .isEqualTo(404);
    }

    private Reply begin(String body) {
        settlement.kit.policy("instant.onApplication", "430000", "true");
        until(() -> settlement.bean(Policies.class).flag("instant.onApplication", CHANGSHA));
        return settlement.create(clerk, PATH, body, "left-over-" + REQUESTS.incrementAndGet());
    }

    private Reply finished(Reply begun) {
        assertThat(begun.status()).isEqualTo(202);
        var path = PATH + "/" + begun.body().path("id").asString();
        until(() -> settlement.get(clerk, path).body().path("done").asBoolean());
        return settlement.get(clerk, path);
    }

    private List<LeftOverFoundV1> told(PersonId person) {
        return settlement.kit.events(Topics.participation(ZHUZHOU), person.value()).stream()
                .filter(envelope -> envelope.type().equals("left-over.found.v1"))
                .map(envelope -> WireJson.read(envelope.data(), LeftOverFoundV1.class))
                .toList();
    }

    /** What the registry knows, of those whom it is asked for. */
    private void movedTo(Map<PersonId, RegionCode> moved) {
        settlement.registry.answer("/internal/whereabouts", asked -> {
            var found = new HashMap<String, String>();
            JsonMapper.shared().readTree(asked).path("persons").forEach(person -> {
                var region = moved.get(new PersonId(person.asString()));
                if (region != null) {
                    found.put(person.asString(), region.value());
                }
            });
            return WireJson.text(Map.of(
                    "moved",
                    found.entrySet().stream()
                            .map(one -> Map.of("person", one.getKey(), "region", one.getValue()))
                            .toList()));
        });
    }
}
