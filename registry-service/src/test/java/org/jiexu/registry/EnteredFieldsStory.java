package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.JINING;

import java.util.ArrayList;
import java.util.List;
import org.jiexu.registry.RunningRegistry.Answer;
import org.jiexu.wire.vocabulary.Certificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 登记内容 — what an agency enters is judged at every door by the same rules (rulebook 12). */
@Tag("R12.1")
class EnteredFieldsStory {
    private static final String PATH = "/api/v1/agency/370800/participation/";

    private final RunningRegistry registry = RunningRegistry.shared();
    private final String clerk = registry.issuer.clerk(JINING);

    @Test
    void whatCannotBeIsRefusedAtEnrolmentAndAtImport() {
        var certificate = registry.certificate();
        var bornIn2035 = "43990020350101001";
        var later = bornIn2035 + Certificate.checkDigit(bornIn2035);

        for (String door : List.of("enrol", "import")) {
            assertThat(told(enter(door, later, "王芳", "2016-07-01", null))).containsExactly("BAD_NUMBER");
            assertThat(told(enter(door, certificate.number(), "王芳\u00A0", "2016-07-01", null)))
                    .containsExactly("UNREADABLE_TEXT");
            assertThat(told(enter(door, certificate.number(), "阿".repeat(101), "2016-07-01", null)))
                    .containsExactly("NAME_TOO_LONG");
            for (String since : List.of("0024-01-05", "2099-12-31", "1989-12-31")) {
                assertThat(told(enter(door, certificate.number(), "王芳", since, null)))
                        .containsExactly("BAD_DATE");
            }
        }
        assertThat(registry.post(clerk, PATH + "search", """
            {"certificateType": "01", "certificateNumber": "%s"}
            """.formatted(certificate.number()))
                        .status())
                .isEqualTo(404);
    }

    /** Each of them was an error of the database or a day in the year 24. */
    @Test
    void aDayThatCannotBeIsRefusedOfADeathAndOfPaidMonths() {
        var number = registry.certificate().number();
        enter("enrol", number, "王芳", "2016-07-01", null);

        for (String day : List.of("0024-01-05", "+999999999-12-31")) {
            assertThat(told(say("death", number, "\"diedOn\": \"%s\", \"evidence\": \"证明\"".formatted(day))))
                    .containsAnyOf("BAD_DATE", "FUTURE_DATE");
            assertThat(told(paying(number, day.substring(0, day.length() - 3))))
                    .containsAnyOf("BAD_MONTH", "FUTURE_MONTH");
        }
    }

    private Answer paying(String number, String month) {
        return registry.post(clerk, PATH + "import", """
            {"persons": [{"certificateType": "01", "certificateNumber": "%1$s", "name": "王芳", "participations": [
              {"scheme": "310", "status": "2", "personType": "1101", "since": "2016-07-01",
               "paid": [{"from": "%2$s", "to": "%2$s"}]}]}]}
            """.formatted(number, month));
    }

    private Answer say(String door, String number, String more) {
        return registry.post(clerk, PATH + door, """
            {"certificateType": "01", "certificateNumber": "%s", %s}
            """.formatted(number, more));
    }

    @Test
    void aFaultOfTheEmployerNeverStopsThePerson() {
        var certificate = registry.certificate();

        var enrolled = enter("enrol", certificate.number(), "王芳", "2016-07-01", "91430100MA4LTE8T00");
        var mended = enter("enrol", certificate.number(), "王芳", "2016-07-01", "91430100ma4lte8t06");
        var imported = enter("import", registry.certificate().number(), "李鸣", "2016-07-01", "91430100MA4LTE8T00");

        assertThat(enrolled.status()).isEqualTo(200);
        assertThat(enrolled.body().has("employer")).isFalse();
        assertThat(enrolled.body().at("/employerFault/code").asString()).isEqualTo("BAD_EMPLOYER");
        assertThat(mended.body().path("employer").asString()).isEqualTo("91430100MA4LTE8T06");
        assertThat(mended.body().has("employerFault")).isFalse();
        assertThat(imported.body().at("/persons/0/faults/0/field").asString()).isEqualTo("participations[0].employer");
        assertThat(told(registry.post(clerk, PATH + "employer", """
            {"certificateType": "01", "certificateNumber": "%s", "employer": "91430100MA4LTE8T00", "from": "2026-09-01"}
            """.formatted(certificate.number()))))
                .containsExactly("BAD_EMPLOYER");
    }

    /** A hundred characters are registered and found, also where each is two units long. */
    @Test
    void oneNameIsOneHoweverItIsEncodedAndAsLongAsADocumentHasIt() {
        var certificate = registry.certificate();
        var longest = registry.certificate();
        var rare = "𠀀".repeat(100);

        var written = enter("import", certificate.number(), "阿依古丽·买买提", "2016-07-01", null);
        var otherwise = enter("import", certificate.number(), "阿依古丽•买买提", "2016-07-01", null);
        var file = registry.csv(
                clerk,
                PATH + "imports",
                ImportStory.HEADER
                        + ImportStory.line(certificate, "阿依古丽‧买买提", "2019-01", "2019-12")
                        + ImportStory.line(certificate, "阿依古丽・买买提", "2020-01", "2020-12"));
        var id = file.body().path("id").asString();
        registry.await()
                .until(() -> !registry.get(clerk, PATH + "imports/" + id)
                        .body()
                        .path("state")
                        .asString()
                        .equals("CHECKING"));

        assertThat(otherwise.body()).isEqualTo(written.body());
        assertThat(registry.get(clerk, PATH + "imports/" + id)
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("CHECKED");
        assertThat(enter("enrol", longest.number(), rare, "2016-07-01", null).status())
                .isEqualTo(200);
    }

    private Answer enter(String door, String number, String name, String since, @Nullable String employer) {
        var who =
                "\"certificateType\": \"01\", \"certificateNumber\": \"%s\", \"name\": \"%s\"".formatted(number, name);
        var what = "\"scheme\": \"310\", \"personType\": \"1101\", \"since\": \"%s\"".formatted(since)
                + (employer == null ? "" : ", \"employer\": \"" + employer + "\"");
        return registry.post(
                clerk,
                PATH + door,
                door.equals("enrol")
                        ? "{" + who + ", " + what + "}"
                        : "{\"persons\": [{" + who + ", \"participations\": [{\"status\": \"2\", " + what + "}]}]}");
    }

    private static List<String> told(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        var codes = new ArrayList<String>();
        answer.body()
                .path("errors")
                .forEach(error -> codes.add(error.path("code").asString()));
        return codes;
    }
}
