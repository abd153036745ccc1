package org.jiexu.system;

import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jiexu.sandbox.Door;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.sample.SampleSet;
import org.jiexu.sandbox.sample.Samples;
import org.jiexu.sandbox.story.ClockMove;
import org.jiexu.wire.vocabulary.Fen;
import tools.jackson.databind.JsonNode;

/** Persons who move inside a province: what is done with them at the desks, and what is seen of them afterwards. */
final class InstantPeople {
    private static final AtomicLong SEED = new AtomicLong(71_001);

    private final Sandbox sandbox;
    private final Door door;

    InstantPeople(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.door = sandbox.door();
    }

    SamplePerson leaver(SampleRegion from) {
        return leavers(1, from).getFirst();
    }

    List<SamplePerson> leavers(int count, SampleRegion from) {
        var set = Samples.leavers(SEED.incrementAndGet(), count, from.code());
        sandbox.loader().load(set);
        return set.persons();
    }

    /** The registry publishes what it finds when it starts. */
    void policiesAreRead() {
        sandbox.services().stop("registry");
        sandbox.services().start("registry");
    }

    void moveClock(LocalDate to) {
        ClockMove.by(door, Map.of("to", to + "T01:00:00Z")).expect(200);
    }

    SamplePerson leaver(SampleRegion from, String balance) {
        var person = Samples.leaver(SEED.incrementAndGet(), from.code(), Fen.parse(balance));
        sandbox.loader().load(new SampleSet(List.of(person)));
        return person;
    }

    void importInsured(SamplePerson person, SampleRegion region) {
        door.post(
                        "clerk-" + region.code(),
                        "/api/v1/agency/" + region.code() + "/participation/import",
                        Map.of(
                                "persons",
                                List.of(Map.of(
                                        "certificateType",
                                        person.certificate().type().code(),
                                        "certificateNumber",
                                        person.certificate().number(),
                                        "name",
                                        person.name(),
                                        "participations",
                                        List.of(Map.of(
                                                "scheme", "310",
                                                "status", "1",
                                                "personType", "1101",
                                                "since", "2026-09-01"))))))
                .expect(200);
    }

    void enrol(SamplePerson person, SampleRegion region) {
        tryToEnrol(person, region).expect(200);
    }

    /** Whatever the desk answers. */
    Door.Answer tryToEnrol(SamplePerson person, SampleRegion region) {
        var body = certificate(person);
        body.put("name", person.name());
        body.put("personType", "1101");
        return door.post("clerk-" + region.code(), "/api/v1/agency/" + region.code() + "/participation/enrol", body);
    }

    void change(String what, SamplePerson person, String region) {
        tryTo(what, person, region).expect(200);
    }

    /** Whatever the desk answers. */
    Door.Answer tryTo(String what, SamplePerson person, String region) {
        return door.post("clerk-" + region, "/api/v1/agency/" + region + "/participation/" + what, certificate(person));
    }

    static Map<String, Object> certificate(SamplePerson person) {
        var body = new HashMap<String, Object>();
        body.put("certificateType", person.certificate().type().code());
        body.put("certificateNumber", person.certificate().number());
        body.put("scheme", "310");
        return body;
    }

    /** Where the person's money is, in 分. */
    Map<String, Long> balances(SamplePerson person) {
        var found = new HashMap<String, Long>();
        for (var region : SampleRegion.values()) {
            long balance = Cases.balance(sandbox, region.code(), person);
            if (balance != 0) {
                found.put(region.code().value(), balance);
            }
        }
        return found;
    }

    /** Of the person's case, as soon as the registry lists it: it hears of a case after the case has moved. */
    String number(SamplePerson person) {
        await().atMost(Cases.PATIENCE).until(() -> !mine(person).isEmpty());
        return mine(person).getFirst().path("number").asString();
    }

    List<JsonNode> mine(SamplePerson person) {
        return door.get("person-" + person.person(), "/api/v1/transfers?mine")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    List<String> statuses(SamplePerson person) {
        return mine(person).stream().map(one -> one.path("status").asString()).toList();
    }

    /** States of the cases that were accepted here, the oldest first. */
    List<String> incoming(SamplePerson person) {
        return new Evidence(sandbox)
                .query(
                        "transfer_in",
                        "select state from transfer_case where state <> 'REFUSED' and person = '" + person.person()
                                + "' order by submitted_at");
    }

    List<String> outgoing(SamplePerson person) {
        return new Evidence(sandbox)
                .query(
                        "transfer_out",
                        "select state from outgoing_case where person = '" + person.person() + "' order by number");
    }

    List<String> row(SamplePerson person, String region) {
        return registration("state", person, region);
    }

    /** How often the registry has been asked for that registration. */
    List<String> looks(SamplePerson person, String region) {
        return registration("looks", person, region);
    }

    private List<String> registration(String column, SamplePerson person, String region) {
        return new Evidence(sandbox)
                .query(
                        "transfer_in",
                        "select " + column + " from automatic_transfer where person = '" + person.person()
                                + "' and receiving = '" + region + "'");
    }

    long debts(String number) {
        return new Evidence(sandbox)
                .records(List.of("platform.clearing.430000")).stream()
                        .filter(record -> record.key().startsWith(number))
                        .count();
    }

    LocalDate today() {
        return LocalDate.ofInstant(now(), ZoneId.of("Asia/Shanghai"));
    }

    Instant now() {
        return Instant.parse(
                door.get("operator", "/api/v1/operations/clock").expect(200).text("now"));
    }

    void policy(String scope, String name, String value, String from) {
        new Evidence(sandbox)
                .update(
                        "registry",
                        "insert into policy (name, scope, value, valid_from, basis) values ('" + name + "', '" + scope
                                + "', '" + value + "', '" + from + "', 'test')");
    }

    /** What transfer-in's copy of the directory says of that region's own policies of that name. */
    List<String> directory(String scope, String name) {
        return new Evidence(sandbox)
                .query(
                        "transfer_in",
                        "select thing from directory_copy where thing like 'policy/" + scope + "/" + name + "/%'");
    }
}
