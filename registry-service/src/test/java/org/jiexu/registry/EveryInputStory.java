package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.JINING;
import static org.jiexu.registry.RunningRegistry.participation;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jiexu.bus.testing.walk.DoorWalk;
import org.jiexu.bus.testing.walk.Samples;
import org.jiexu.bus.testing.walk.WireWalk;
import org.jiexu.registry.domain.Ground;
import org.jiexu.registry.domain.PersonType;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.TopicFamily;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.ServiceName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Every input is done, or answered with a reason: none is dropped, none is a failure of ours. Before the others: it
 * looks at every row of every table after each request, and theirs are many.
 */
@Order(1)
class EveryInputStory {
    private static final long SEED = 43;
    private static final int MOST = Integer.getInteger("walk.most", 6);
    private static final String AGENCY = "GET /api/v1/agency/{region}/participation/";
    private static final String NAME = "林小满";

    /** What the transfer services say of participation and progress, and the limits of all. */
    private static final Set<EventType> HEARD = EnumSet.of(
            EventType.RELATIONSHIP_TERMINATED,
            EventType.HISTORY_BOOKED,
            EventType.CASE_PROGRESSED,
            EventType.DEADLINE_WARNED,
            EventType.DEADLINE_MISSED,
            EventType.DEADLINE_ESCALATED,
            EventType.DEADLINE_REVISED);

    private final RunningRegistry registry = RunningRegistry.shared();

    @Test
    void theDoorAnswersEverything() {
        var certificate = registry.certificate();
        var person = new PersonId(registry.aMover(certificate, NAME));
        var walk = new DoorWalk(registry.context(), samples(person, certificate), SEED)
                .voice("clerk", registry.issuer.clerk(JINING))
                .voice("reviewer", registry.issuer.reviewer(JINING))
                .voice("person", registry.issuer.person(person))
                .voice("operator", registry.issuer.nationalOperator())
                .voice("service", registry.issuer.service())
                .voice("employer", registry.issuer.token("hr", "EMPLOYER", Map.of("uscc", "91430100MA4L00001J")))
                .voice("another region's clerk", registry.issuer.clerk(CHANGSHA))
                .place("service", "registry", "nobody")
                .endless("GET /api/v1/operations/events/stream")
                .closed("GET /api/v1/operations/cases/{number}", "FiguresStory")
                .place("record", "0")
                .operatorsOfTheBus()
                .place("region", JINING.value(), CHANGSHA.value(), "000000", "999999")
                .place("batch", "nobody")
                .place("code", JINING.value(), "999999")
                .place("person", person.value(), "P00000STRANGE")
                .place("id", merge(certificate))
                .asking("GET /api/v1/operations/calendar", "year=2026")
                .asking("GET /api/v1/operations/deadline", "start=2026-09-14&workingDays=10&region=430100")
                .body(
                        "POST /api/v1/documents/verification",
                        "{\"text\": \"受理单\", \"sealKeyId\": \"0123456789abcdef\", \"seal\": \"c2VhbA==\"}")
                // Only backwards: every story has the same clock.
                .asking("POST /api/v1/operations/calendar/notices", "notice=walk&region=370800")
                .body("POST /api/v1/operations/calendar/notices", "date,name,kind\n2026-11-20,walk,HOLIDAY\n")
                .body(AGENCY.replace("GET", "POST") + "batches", """
                    {"batch": "walk", "reason": "walk", "personCount": 1, "monthCount": 1, "payments": [
                      {"certificateType": "01", "certificateNumber": "%s", "scheme": "310",
                       "periods": [{"from": "2020-01", "to": "2020-01"}]}]}
                    """.formatted(certificate.number()))
                .body("POST /api/v1/operations/clock", "{\"to\": \"2026-09-14T01:00:00Z\"}")
                .body(
                        AGENCY.replace("GET", "POST") + "retirement",
                        "{\"certificateType\": \"01\", \"certificateNumber\": \"%s\", \"personType\": \"1201\", \"from\":"
                                        .formatted(certificate.number())
                                + " \"2026-09-01\"}");
        // Behind these stand a file, a fact, a wish, a case that is followed, or a service's key, each of which takes a
        // story.
        List.of(
                        "GET /api/v1/operations/calendar/notices/{id}",
                        "GET /api/v1/operations/calendar/notices/{id}/changes",
                        "POST /api/v1/operations/calendar/notices/{id}/approval",
                        "POST /api/v1/operations/calendar/notices/{id}/refusal",
                        AGENCY.replace("GET", "POST") + "imports",
                        AGENCY + "imports/{id}",
                        AGENCY + "imports/{id}/errors",
                        AGENCY.replace("GET", "POST") + "imports/{id}/approval",
                        AGENCY.replace("GET", "POST") + "imports/{id}/refusal",
                        AGENCY + "batches/{batch}",
                        AGENCY.replace("GET", "POST") + "batches/{batch}/approval",
                        AGENCY.replace("GET", "POST") + "batches/{batch}/refusal",
                        AGENCY + "wishes/{id}",
                        AGENCY.replace("GET", "POST") + "wishes/{id}/refuse",
                        AGENCY.replace("GET", "POST") + "facts/{id}/end",
                        "GET /api/v1/operations/messages",
                        "POST /internal/registrations")
                .forEach(endpoint ->
                        walk.closed(endpoint, "ImportStory, CheckStory, OneStopStory, MessageStory, NoticeStory"));

        // A rebuild would move rows while others are asked: as long as one runs, none is begun.
        registry.jdbc().sql("""
            insert into projection_rebuild (state, started_by, started_at, beat_at)
            values ('RUNNING', 'walk', now(), now() + interval '1 hour')
            on conflict (one) do update set state = 'RUNNING', beat_at = now() + interval '1 hour'
            """).update();
        var findings = walk.walk(MOST);
        registry.jdbc().sql("delete from projection_rebuild").update();

        assertThat(findings).as("of %s requests", walk.asked()).isEmpty();
    }

    @Test
    void everyEventIsAnswered() {
        var walk = new WireWalk(registry.context(), registry::key, registry::sendSoon, SEED);
        var certificate = registry.certificate();
        var person = new PersonId(registry.aMover(certificate, NAME));
        var open = registry.number(CHANGSHA);
        registry.check(open, certificate, NAME, CHANGSHA, "");
        for (var number : List.of(open, registry.number(CHANGSHA))) {
            var samples = samples(person, certificate)
                    .type(CaseNumber.class, number)
                    .type(RemittanceNumber.class, new RemittanceNumber(number, 1))
                    .name("receiving", json(CHANGSHA))
                    .name("sending", json(JINING));
            walk.say(
                    new WireWalk.About(number.value(), samples),
                    CHANGSHA,
                    List.of(JINING, CHANGSHA),
                    EnumSet.of(TopicFamily.PROGRESS, TopicFamily.DEADLINE));
            walk.say(
                    new WireWalk.About(person.value(), samples),
                    JINING,
                    List.of(JINING, CHANGSHA),
                    EnumSet.of(TopicFamily.PARTICIPATION));
        }

        assertThat(walk.findings(HEARD))
                .as("of %s: %s", walk.said(), walk.answers())
                .isEmpty();
    }

    /** Prepared: of another record with the old form of the same number. */
    private String merge(Certificate certificate) {
        var old = new Certificate(
                CertificateType.OTHER,
                certificate.number().substring(0, 6) + certificate.number().substring(8, 17));
        registry.importPerson(old, NAME, JINING, participation("2", ""));
        return registry.post(registry.issuer.clerk(JINING), "/api/v1/agency/370800/participation/merge", """
            {"keep": {"certificateType": "01", "certificateNumber": "%s"},
             "merge": {"certificateType": "99", "certificateNumber": "%s"}}
            """.formatted(
                                certificate.number(), old.number()))
                .body()
                .at("/merge/id")
                .asString();
    }

    private Samples samples(PersonId person, Certificate certificate) {
        return new Samples()
                .type(RegionCode.class, JINING)
                .type(PersonId.class, person)
                .type(ServiceName.class, ServiceName.SETTLEMENT)
                .type(CaseNumber.class, registry.number(CHANGSHA))
                .type(PersonType.class, "1101")
                .type(Ground.class, Ground.ARREARS)
                .name("agency", JsonNodeFactory.instance.nullNode())
                .name("employer", "91430100MA4L00001J")
                .name("inherited", JsonNodeFactory.instance.arrayNode())
                .name("sex", "2")
                .name("certificateNumber", certificate.number())
                .name("certificateType", certificate.type().code())
                .name("name", NAME);
    }

    private static Object json(RegionCode region) {
        return JsonMapper.shared().readTree("\"" + region + "\"");
    }
}
