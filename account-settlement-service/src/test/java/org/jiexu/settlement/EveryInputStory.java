package org.jiexu.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.settlement.Settlement.CHANGSHA;
import static org.jiexu.settlement.Settlement.HANGZHOU;
import static org.jiexu.settlement.Settlement.HUNAN;
import static org.jiexu.settlement.Settlement.JINING;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jiexu.bus.testing.walk.DoorWalk;
import org.jiexu.bus.testing.walk.Samples;
import org.jiexu.bus.testing.walk.WireWalk;
import org.jiexu.settlement.Settlement.Case;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.TopicFamily;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Every input is done, or answered with a reason: none is dropped, none is a failure of ours. Before the others: it
 * looks at every row of every table after each request, and theirs are many.
 */
@Order(1)
class EveryInputStory {
    private static final long SEED = 43;
    private static final int MOST = Integer.getInteger("walk.most", 6);
    /** Of no other story: debts of this quarter stay in it. */
    private static final Instant FAR = Instant.parse("2031-10-08T01:00:00Z");

    private static final String CENTRE = "/api/v1/operations/clearing/{province}/quarters/{quarter}";
    private static final String BILLS = "/api/v1/agency/{region}/clearing";
    private static final Quarter FAR_QUARTER = Quarter.of(FAR);

    /** Behind them stand a table, a debt or a push, each of which takes a story. */
    private static final List<String> NEED_A_STORY = List.of(
            "GET " + CENTRE,
            "GET " + CENTRE + "/missing",
            "GET " + CENTRE + "/payments",
            "GET " + CENTRE + "/proof",
            "GET " + CENTRE + "/table.csv",
            "GET " + CENTRE + "/table.json",
            "POST " + CENTRE + "/approval",
            "POST " + CENTRE + "/payments-down",
            "POST " + CENTRE + "/payments-down/approval",
            "POST " + CENTRE + "/preparation",
            "POST " + CENTRE + "/proof",
            "GET " + BILLS + "/quarters/{quarter}",
            "POST " + BILLS + "/quarters/{quarter}/payment-up",
            "POST " + BILLS + "/quarters/{quarter}/payment-up/approval",
            "GET " + BILLS + "/debts/{debt}/correction",
            "POST " + BILLS + "/debts/{debt}/correction",
            "POST " + BILLS + "/debts/{debt}/correction/approval",
            "GET /api/v1/agency/{region}/left-over-balances/{id}",
            "GET /api/v1/agency/{region}/left-over-balances/{id}/persons",
            "POST /api/v1/regions/{region}/account-pay-outs",
            "GET /api/v1/regions/{region}/account-pay-outs/{id}",
            "POST /api/v1/agency/{region}/account-pay-outs/{id}/preparation",
            "POST /api/v1/agency/{region}/account-pay-outs/{id}/approval",
            "POST /api/v1/agency/{region}/account-pay-outs/{id}/refusal");

    /** Heard here whichever side the region is of; the rest depends on it. */
    private static final Set<EventType> HEARD = EnumSet.of(
            EventType.HOLD_REQUESTED,
            EventType.RELEASE_ORDERED,
            EventType.REMIT_ORDERED,
            EventType.PAY_OUT_ORDERED,
            EventType.PERSON_MERGED,
            EventType.DEBT_RECORDED,
            EventType.QUARTER_STATED,
            EventType.CLEARING_GENERATED,
            EventType.PAYMENT_UP,
            EventType.PAYMENT_DOWN);

    private final Settlement here = Settlement.shared();

    @Test
    void theDoorAnswersEverything() {
        var suspended = suspended();
        var held = here.newCase(CHANGSHA, HANGZHOU).balance("10.00");
        held.hold(1);
        held.untilSending("HELD");
        var waits = here.newCase(JINING, CHANGSHA);
        waits.creditOrdered("7.77");
        waits.untilOrder("DUE");
        var onPaper = here.newCase(Settlement.SHIJIAZHUANG, CHANGSHA).number;
        var region = "/api/v1/agency/{region}/";
        var walk = new DoorWalk(here.context, samples(held), SEED)
                .voice("clerk", here.tokens.clerk("walk-1", CHANGSHA))
                .voice("reviewer", here.tokens.reviewer("walk-2", CHANGSHA))
                .voice("operator", here.tokens.operator("walk-3", HUNAN))
                .voice("person", here.tokens.person(held.person))
                .voice("service", here.tokens.service("transfer-in"))
                .voice("auditor", here.tokens.auditor("walk-4"))
                .voice("another region's clerk", here.tokens.clerk("walk-5", JINING))
                .place("service", "settlement", "nobody")
                .place("record", "0")
                .operatorsOfTheBus()
                .place("region", CHANGSHA.value(), JINING.value(), HANGZHOU.value())
                .place("province", HUNAN.value(), "370000")
                .place("person", held.person.value(), waits.person.value())
                .place(
                        "remittance",
                        suspended.remittance(1).toString(),
                        held.remittance(1).toString())
                .place("quarter", "2035Q1")
                .place("debt", suspended.remittance(1).toString())
                .place("id", "00000000-0000-0000-0000-000000000001")
                .body(
                        "POST " + region + "suspense/{remittance}/match",
                        "{\"number\": \"%s\", \"person\": \"%s\"}".formatted(waits.number, waits.person.value()))
                .body(
                        "POST " + region + "suspense/{remittance}/match/approval",
                        "{\"number\": \"%s\"}".formatted(waits.number))
                .body(
                        "POST " + region + "suspense/bank-slips",
                        "{\"slip\": \"WALK-1\", \"number\": \"%s\", \"from\": \"130100\", \"amount\": \"10.00\"}"
                                .formatted(onPaper))
                .body(
                        "POST " + region + "suspense/bank-slips/approval",
                        "{\"slip\": \"WALK-1\", \"number\": \"%s\", \"from\": \"130100\", \"amount\": \"10.00\"}"
                                .formatted(onPaper));
        walk.place("batch", "walk-1", "walk-2")
                .body("POST " + region + "accounts/batches", batch(held, "walk-3"))
                .body(
                        "POST " + region + "accounts/batches/{batch}/approval",
                        "{\"digest\": \"%s\"}".formatted(batches(held)));
        NEED_A_STORY.forEach(
                endpoint -> walk.closed(endpoint, "ClearingStory, LeftOverStory and WhatStaysStory get there"));

        var findings = walk.walk(MOST);

        assertThat(findings).as("of %s requests", walk.asked()).isEmpty();
    }

    /** One batch that waits, and one that was taken back; what both have in common. */
    private String batches(Case of) {
        var clerk = here.tokens.clerk("walk-6", CHANGSHA);
        var path = "/api/v1/agency/430100/accounts/batches";
        var waits = here.post(clerk, path, batch(of, "walk-1"));
        here.post(clerk, path, batch(of, "walk-2"));
        here.post(clerk, path + "/walk-2/refusal", "{\"reason\": \"taken back\"}");
        return waits.body().path("digest").asString();
    }

    private static String batch(Case of, String name) {
        return """
            {"batch": "%s", "reason": "缴费", "count": 1, "sum": "1.00", "items": [{"person": "%s", "amount": "1.00"}]}
            """.formatted(name, of.person);
    }

    @Test
    void everyEventIsAnswered() {
        var walk = new WireWalk(here.context, here.kit::key, here.kit::sendSoon, SEED);
        for (var each : List.of(here.newCase(CHANGSHA, HANGZHOU), held(), remitted())) {
            walk.say(about(each), CHANGSHA, List.of(CHANGSHA, HANGZHOU), EnumSet.of(TopicFamily.BALANCE));
        }
        for (var each : List.of(here.newCase(JINING, CHANGSHA), suspended())) {
            walk.say(about(each), CHANGSHA, List.of(CHANGSHA, JINING), EnumSet.of(TopicFamily.BALANCE));
        }
        var merged = here.newCase(CHANGSHA, HANGZHOU).balance("5.00");
        var kept = here.newCase(CHANGSHA, HANGZHOU).balance("5.00");
        walk.say(
                new WireWalk.About(
                        merged.person.value(),
                        samples(kept)
                                .type(RegionCode.class, CHANGSHA)
                                .name("kept", kept.person)
                                .name("merged", merged.person)),
                CHANGSHA,
                List.of(CHANGSHA),
                EnumSet.of(TopicFamily.PARTICIPATION));
        walk.say(
                new WireWalk.About(
                        "walk",
                        samples(kept)
                                .type(Instant.class, FAR)
                                .type(RegionCode.class, CHANGSHA)
                                .name("quarter", FAR_QUARTER.toString())
                                .name("debtor", Settlement.ZHUZHOU)),
                HUNAN,
                List.of(CHANGSHA, HUNAN),
                EnumSet.of(TopicFamily.CLEARING));

        assertThat(walk.findings(HEARD))
                .as("of %s: %s", walk.said(), walk.answers())
                .isEmpty();
    }

    private Case held() {
        var held = here.newCase(CHANGSHA, HANGZHOU).balance("10.00");
        held.hold(1);
        return held.untilSending("HELD");
    }

    private Case remitted() {
        var remitted = held();
        remitted.remit(1, "10.00");
        return remitted.untilSending("REMITTED");
    }

    /** 7.77 came for a case that expects nothing. */
    private Case suspended() {
        var suspended = here.newCase(HANGZHOU, CHANGSHA);
        suspended.creditOrdered("1.00");
        suspended.untilOrder("DUE");
        suspended.otherSettlement(new BalanceRemittedV1(suspended.remittance(1), Fen.parse("7.77"), HANGZHOU));
        return suspended.untilArrival(1, "SUSPENDED");
    }

    private static Samples samples(Case about) {
        return new Samples()
                .type(CaseNumber.class, about.number)
                .type(RemittanceNumber.class, new RemittanceNumber(about.number, 1))
                .type(PersonId.class, about.person)
                .type(Quarter.class, FAR_QUARTER)
                .type(RegionCode.class, HANGZHOU)
                .name("batch", "walk")
                .name("slip", "WALK-1")
                .name("reference", "WALK-1");
    }

    private static WireWalk.About about(Case about) {
        return new WireWalk.About(about.number.value(), samples(about));
    }
}
