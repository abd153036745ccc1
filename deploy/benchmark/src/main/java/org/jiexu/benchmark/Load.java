package org.jiexu.benchmark;

import java.util.HashMap;
import java.util.Optional;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.sample.SampleSet;
import org.jiexu.sandbox.sample.Samples;
import org.jiexu.sandbox.story.TransferCase;

/** What is sent, by whom, and by what its end is known. */
enum Load {
    /** 跨省申请: persons apply from 济宁 to 长沙. */
    TRANSFERS,
    /** 免申即转: clerks of 株洲 enrol persons whose record in 长沙 is suspended (R6.1). */
    ENROLMENTS;

    SampleSet people(int many) {
        return switch (this) {
            case TRANSFERS -> Samples.transferable(7, many, SampleRegion.JINING.code(), SampleRegion.CHANGSHA.code());
            case ENROLMENTS -> Samples.leavers(7, many, SampleRegion.CHANGSHA.code());
        };
    }

    /** Whose token is used for that person. */
    String sender(SamplePerson person) {
        return switch (this) {
            case TRANSFERS -> "person-" + person.person();
            case ENROLMENTS -> "clerk-" + SampleRegion.ZHUZHOU.code();
        };
    }

    /** What the end will name: the case's number, or the person; empty when it was not accepted. */
    Optional<String> send(Sandbox sandbox, SamplePerson person) {
        return switch (this) {
            case TRANSFERS -> transfer(sandbox, person);
            case ENROLMENTS -> enrol(sandbox, person);
        };
    }

    private static Optional<String> transfer(Sandbox sandbox, SamplePerson person) {
        var answer = TransferCase.send(
                sandbox.door(),
                person,
                SampleRegion.JINING.code(),
                SampleRegion.CHANGSHA.code(),
                "bench-" + person.person());
        return answer.status() == 201 || answer.status() == 202 ? Optional.of(answer.text("number")) : Optional.empty();
    }

    private static Optional<String> enrol(Sandbox sandbox, SamplePerson person) {
        var body = new HashMap<String, Object>();
        body.put("certificateType", person.certificate().type().code());
        body.put("certificateNumber", person.certificate().number());
        body.put("name", person.name());
        body.put("scheme", "310");
        body.put("personType", "1101");
        var answer = sandbox.door()
                .post(
                        "clerk-" + SampleRegion.ZHUZHOU.code(),
                        "/api/v1/agency/" + SampleRegion.ZHUZHOU.code() + "/participation/enrol",
                        body);
        return answer.status() == 200 ? Optional.of(person.person().value()) : Optional.empty();
    }
}
