package org.jiexu.transferin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferin.NewRegion.CHANGSHA;
import static org.jiexu.transferin.NewRegion.HANGZHOU;
import static org.jiexu.transferin.NewRegion.JINING;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jiexu.bus.testing.walk.DoorWalk;
import org.jiexu.bus.testing.walk.Samples;
import org.jiexu.bus.testing.walk.WireWalk;
import org.jiexu.transferin.NewRegion.Arriving;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.TopicFamily;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.Scheme;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every input is done, or answered with a reason: none is dropped, none is a failure of ours. Before the others: it
 * looks at every row of every table after each request, and theirs are many.
 */
@Order(1)
class EveryInputStory {
    private static final long SEED = 43;
    private static final int MOST = Integer.getInteger("walk.most", 6);
    private static final String USCC = "91430100WALKDOOR01";
    private static final String HEADER = "证件类型,证件号码,姓名,转出地,转出险种,转移原因,承诺书版本\n";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Heard by this side of a case; what else comes on its topics is said to others. */
    private static final Set<EventType> HEARD = EnumSet.of(
            EventType.INFO_SHEET_ISSUED,
            EventType.TRANSFER_WITHDRAWN,
            EventType.TRANSFER_DECLINED,
            EventType.REMINDER_ANSWERED,
            EventType.TRANSFER_PAUSED,
            EventType.TRANSFER_RESUMED,
            EventType.REMITTED,
            EventType.CREDITED,
            EventType.SUSPENDED,
            EventType.TAKEN_BACK);

    private final NewRegion here = NewRegion.shared();

    @Test
    void theDoorAnswersEverything() {
        var cases = inEveryState();
        var person = cases.getFirst();
        var agency = "POST /api/v1/agency/{region}/transfers-in/{number}/";
        var post = "\"scanDigest\": \"%s\", \"postalNumber\": \"EA123456789CN\", \"receivedOn\": \"2026-09-14\""
                .formatted("ab".repeat(32));
        var line = "01,%s,张三,370800,310,WORK,2026-01\n".formatted(person.certificate.number());
        var employer = here.tokens.employer(USCC);
        var list = here.postList(
                "/api/v1/regions/430100/transfer-batches",
                (HEADER + line).getBytes(StandardCharsets.UTF_8),
                employer,
                "walk-list");
        var completed = cases.get(6);
        here.post("/api/v1/transfers/" + completed.number() + "/rating", "{\"score\": 5}", completed.token());
        here.registry.answer("/internal/old-records", asked -> oldRecords(person));
        var walk = new DoorWalk(here.context, samples(person), SEED)
                .voice("person", person.token())
                .voice("clerk", here.tokens.clerk(CHANGSHA))
                .voice("employer", employer)
                .voice("operator", here.tokens.operator("430000"))
                .voice("service", here.tokens.service("transfer-in"))
                .voice("another region's clerk", here.tokens.clerk(HANGZHOU))
                .voice("another person", here.somebody(CHANGSHA).token())
                .place("service", "transfer-in", "nobody")
                .place("record", "0")
                .body("POST /api/v1/agency/{region}/transfers-in/{number}/unmask", "{\"reason\": \"与申请人核对证件号码\"}")
                .operatorsOfTheBus()
                .place("region", CHANGSHA.value(), HANGZHOU.value(), JINING.value(), "999999")
                .place(
                        "number",
                        cases.stream().map(each -> each.number().value()).toArray(String[]::new))
                .place("kind", "acceptance", "nothing")
                .place("id", reminded(cases.get(3)), list.body().path("id").asString())
                .body("POST /api/v1/regions/{region}/transfers", person.application())
                .body("POST /api/v1/regions/{region}/transfer-batches", HEADER + line)
                .body("POST /api/v1/transfers/{number}/supplements", Forms.supplement("APPLICATION_FORM"))
                .body("POST /api/v1/regions/{region}/instant-transfers", """
                    {"regions": ["430200"], "cause": "WORK", "identification": {"method": "FACE"},
                     "agreement": {"version": "2026-01"}}
                    """)
                .closed("GET /api/v1/regions/{region}/instant-transfers/{id}", "InstantStory has one")
                .body(agency + "return", "{\"version\": 1, \"reasons\": [\"ROWS_MISSING\"], \"final\": false}")
                .body(agency + "pause", "{\"reason\": \"请补充材料\"}")
                .body(agency + "postings", "{\"paper\": \"POST_CONTACT_LETTER\", \"postalNumber\": \"EA123456789CN\"}")
                .body(agency + "paper-sheets", paperSheet(cases.getLast(), post))
                .body(agency + "paper-refusals", "{" + post + ", \"reasons\": [\"查无此人\"]}")
                .body(agency + "paper-withdrawals", "{" + post + "}");

        var findings = walk.walk(MOST);

        assertThat(findings).as("of %s requests", walk.asked()).isEmpty();
    }

    @Test
    void everyEventIsAnswered() {
        var walk = new WireWalk(here.context, here.kit::key, here.kit::sendSoon, SEED);
        for (var arriving : inEveryState()) {
            walk.say(
                    about(arriving),
                    CHANGSHA,
                    List.of(JINING, CHANGSHA),
                    EnumSet.of(TopicFamily.TRANSFER, TopicFamily.BALANCE));
        }
        var nobody = CaseNumber.random(CHANGSHA, 2026, new Random(SEED));
        walk.say(
                new WireWalk.About(nobody.value(), samples(here.somebody(CHANGSHA))),
                CHANGSHA,
                List.of(JINING),
                EnumSet.of(TopicFamily.TRANSFER, TopicFamily.BALANCE));
        var person = here.somebody(CHANGSHA).person;
        walk.say(
                new WireWalk.About(
                        person.value(), samples(here.somebody(CHANGSHA)).type(PersonId.class, person)),
                CHANGSHA,
                List.of(JINING, CHANGSHA),
                EnumSet.of(TopicFamily.PARTICIPATION));

        assertThat(walk.findings(HEARD))
                .as("of %s: %s", walk.said(), walk.answers())
                .isEmpty();
    }

    /** Of 长沙, in the order in which a case lives. */
    private List<Arriving> inEveryState() {
        var accepted = here.somebody(CHANGSHA).accepted();
        var incomplete = here.somebody(CHANGSHA);
        incomplete.apply(incomplete.atWindow(), incomplete.clerk());
        var refused = here.somebodyRefused(CHANGSHA);
        refused.apply();
        var received = here.somebody(CHANGSHA).accepted();
        received.oldRegion(received.issued(1, "10.00", 20));
        var booked = here.somebody(CHANGSHA).accepted();
        booked.oldRegion(booked.issued(1, "10.00", 20));
        var returned = here.somebody(CHANGSHA).accepted();
        returned.oldRegion(returned.issued(1, "10.00", 20));
        var completed = here.somebody(CHANGSHA).accepted();
        completed.oldRegion(completed.issued(1, "0.00", 20));
        booked.untilState("RECEIVED").act("confirmation", null);
        returned.untilState("RECEIVED").act("return", "{\"reasons\": [\"ROWS_WRONG\"]}");
        completed.untilState("RECEIVED").act("confirmation", null);
        var withdrawing = here.somebody(CHANGSHA).accepted();
        withdrawing.withdraw();
        received.untilState("RECEIVED");
        completed.untilState("COMPLETED");
        var onPaper = here.somebody(CHANGSHA);
        onPaper.apply(
                onPaper.atWindow("SOCIAL_SECURITY_CARD", "PARTICIPATION_CERTIFICATE", "APPLICATION_FORM")
                        .replace(JINING.value(), NewRegion.SHIJIAZHUANG.value()),
                onPaper.clerk());
        return List.of(accepted, incomplete, refused, received, booked, returned, completed, withdrawing, onPaper);
    }

    private String reminded(Arriving arriving) {
        return here.post(
                        "/api/v1/transfers/" + arriving.number() + "/reminders",
                        "{\"kind\": \"REMINDER\", \"text\": \"请尽快办理。\"}",
                        arriving.token())
                .body()
                .path("id")
                .asString();
    }

    private static String oldRecords(Arriving arriving) {
        return """
            {"person": "%s", "certificateType": "01", "certificateNumber": "%s", "name": "%s", "here": "INSURED",
             "records": [{"region": "430200", "status": "SUSPENDED", "retiree": false, "left": true, "months": 24,
                          "firstMonth": "2022-01", "lastMonth": "2023-12", "filling": false}]}
            """.formatted(arriving.person.value(), arriving.certificate.number(), arriving.name);
    }

    private static String paperSheet(Arriving arriving, String post) {
        return """
            {"paper": "INFO_SHEET", %s,
             "head": {"name": "%s", "certificate": {"type": "01", "number": "%s"}, "sex": "1"},
             "rows": [{"no": 1, "from": "2022-01", "to": "2023-12", "scheme": "1", "months": 24,
                       "agencyName": "石家庄市医疗保险中心", "agencyRegion": "130100"}],
             "foot": {"amountInCapitals": "零元整", "amount": "0.00", "clerk": "赵六", "telephone": "0311-0000000",
                      "agency": "石家庄市医疗保险中心", "date": "2026-09-14"},
             "asOnPaper": false}
            """.formatted(post, arriving.name, arriving.certificate.number());
    }

    private static Samples samples(Arriving arriving) {
        return new Samples()
                .type(RegionCode.class, JINING)
                .type(PersonId.class, arriving.person)
                .name("certificateType", "01")
                .name("certificateNumber", arriving.certificate.number())
                .name("name", arriving.name)
                .name("kind", "REMINDER")
                .name("score", 5);
    }

    private WireWalk.About about(Arriving arriving) {
        var number = arriving.number();
        var remittance = new RemittanceNumber(number, 1);
        var sheets = List.of(1, 2, 3).stream()
                .map(version -> json(arriving.issued(version, "10.00", 20)))
                .toList();
        return new WireWalk.About(
                number.value(),
                samples(arriving)
                        .type(CaseNumber.class, number)
                        .type(RemittanceNumber.class, remittance)
                        .type(Scheme.class, Scheme.EMPLOYEE)
                        .type(Fen.class, Fen.parse("10.00")),
                Map.of(EventType.INFO_SHEET_ISSUED, sheets));
    }

    private static JsonNode json(Object data) {
        return JSON.readTree(WireJson.text(data));
    }
}
