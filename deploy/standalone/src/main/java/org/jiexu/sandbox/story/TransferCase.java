package org.jiexu.sandbox.story;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jiexu.sandbox.Door;
import org.jiexu.sandbox.Door.Answer;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.wire.vocabulary.RegionCode;
import tools.jackson.databind.JsonNode;

/** One transfer as the person and the clerks of both regions drive it, through the gateway. */
public final class TransferCase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Door door;
    private final SamplePerson person;
    private final RegionCode from;
    private final RegionCode to;
    private final String number;

    private TransferCase(Door door, SamplePerson person, RegionCode from, RegionCode to, String number) {
        this.door = door;
        this.person = person;
        this.from = from;
        this.to = to;
        this.number = number;
    }

    /** What the person sends in, for the employee scheme on both sides. */
    public static Map<String, Object> application(SamplePerson person, RegionCode from) {
        return Map.of(
                "person",
                Map.of(
                        "certificateType", person.certificate().type().code(),
                        "certificateNumber", person.certificate().number(),
                        "name", person.name()),
                "from",
                Map.of("region", from.value(), "scheme", "310"),
                "toScheme",
                "310",
                "cause",
                "WORK",
                "identification",
                Map.of("method", "FACE"),
                "agreement",
                Map.of("version", "2026-01"));
    }

    /** The person's own application; the answer may be a refusal. */
    public static Answer send(Door door, SamplePerson person, RegionCode from, RegionCode to, String key) {
        return door.create(
                "person-" + person.person(), "/api/v1/regions/" + to + "/transfers", application(person, from), key);
    }

    /** Applies and is accepted; if the registry took too long to answer, a little later (R2.7). */
    public static TransferCase accepted(Door door, SamplePerson person, RegionCode from, RegionCode to, String key) {
        var answer = send(door, person, from, to, key);
        boolean isKept = answer.status() == 202;
        var transfer = new TransferCase(
                door, person, from, to, answer.expect(isKept ? 202 : 201).text("number"));
        if (isKept) {
            transfer.await(seen -> !seen.path("state").asString().equals("SUBMITTED"));
        }
        return transfer;
    }

    /** A case that is known by its number, e.g. from a repeated application. */
    public static TransferCase of(Door door, SamplePerson person, RegionCode from, RegionCode to, String number) {
        return new TransferCase(door, person, from, to, number);
    }

    public String number() {
        return number;
    }

    public SamplePerson person() {
        return person;
    }

    public RegionCode from() {
        return from;
    }

    public RegionCode to() {
        return to;
    }

    /** The case as the person sees it. */
    public JsonNode progress() {
        return door.get(applicant(), "/api/v1/transfers/" + number).expect(200).body();
    }

    public String state() {
        return progress().path("state").asString();
    }

    /** The progress once it is in that state, or as it is when patience ends. */
    public JsonNode await(String state) {
        return await(seen -> seen.path("state").asString().equals(state));
    }

    public JsonNode await(Predicate<JsonNode> isSo) {
        return Waiting.until(this::progress, isSo, PATIENCE);
    }

    /** The case at the old region's desk. */
    public JsonNode out() {
        return door.get("clerk-" + from, desk("out", from)).expect(200).body();
    }

    /** The same once it is in that state; until the old region has heard of the case there is nothing to see. */
    public JsonNode awaitOut(String state) {
        return Waiting.until(
                () -> door.get("clerk-" + from, desk("out", from)).body(),
                seen -> seen.path("summary").path("state").asString("").equals(state),
                PATIENCE);
    }

    /** The case at the receiving region's desk. */
    public JsonNode in() {
        return door.get("clerk-" + to, desk("in", to)).expect(200).body();
    }

    public Answer withdraw() {
        return door.post(applicant(), "/api/v1/transfers/" + number + "/withdrawal", null);
    }

    public Answer issue() {
        return door.post("clerk-" + from, desk("out", from) + "/issue", null);
    }

    public Answer correct() {
        return door.post("clerk-" + from, desk("out", from) + "/correction", null);
    }

    public Answer confirm(int version) {
        return door.post("clerk-" + to, desk("in", to) + "/confirmation", Map.of("version", version));
    }

    public Answer sendBack(int version, boolean isFinal, String... reasons) {
        var body = new HashMap<String, Object>();
        body.put("version", version);
        body.put("reasons", List.of(reasons));
        body.put("final", isFinal);
        return door.post("clerk-" + to, desk("in", to) + "/return", body);
    }

    /** A deadline of the old region's, the newest of that kind. */
    public JsonNode outDeadline(String kind) {
        return stream(out().path("deadlines"))
                .filter(deadline -> deadline.path("kind").asString().equals(kind))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new IllegalStateException("no " + kind + " deadline at the old region"));
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return array.valueStream();
    }

    private String applicant() {
        return "person-" + person.person();
    }

    private String desk(String side, RegionCode region) {
        return "/api/v1/agency/" + region + "/transfers-" + side + "/" + number;
    }
}
