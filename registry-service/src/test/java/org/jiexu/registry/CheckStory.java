package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.HANGZHOU;
import static org.jiexu.registry.RunningRegistry.JINING;
import static org.jiexu.registry.RunningRegistry.participation;

import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("43-art-7")
class CheckStory {
    private static final String NAME = "田小满";

    private final RunningRegistry registry = RunningRegistry.shared();

    @Test
    void acceptsAndReservesAndAnswersTheSameNumberTheSameWay() {
        var certificate = registry.certificate();
        var person = registry.aMover(certificate, NAME);
        var number = registry.number(CHANGSHA);

        var first = registry.check(number, certificate, NAME, CHANGSHA, "");
        var second = registry.check(number, certificate, NAME, CHANGSHA, "");

        assertThat(first.body().path("outcome").asString()).isEqualTo("ACCEPTABLE");
        assertThat(first.body().path("person").asString()).isEqualTo(person);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(registry.dump("reservation"))
                .filteredOn(row -> row.contains(number.value()))
                .hasSize(1);
    }

    @Test
    @Tag("R1.6")
    void anotherNumberIsToldTheOpenOne() {
        var certificate = registry.certificate();
        registry.aMover(certificate, NAME);
        var open = registry.number(CHANGSHA);
        registry.check(open, certificate, NAME, CHANGSHA, "");
        registry.importPerson(certificate, NAME, HANGZHOU, participation("1", ""));

        var other = registry.check(registry.number(HANGZHOU), certificate, NAME, HANGZHOU, "");

        assertThat(other.body().path("outcome").asString()).isEqualTo("REFUSED");
        assertThat(registry.reasons(other)).containsExactly("INSURED_ELSEWHERE", "OPEN_TRANSFER");
        assertThat(other.body().at("/reasons/0/message").asString()).contains("长沙市");
        assertThat(other.body().at("/reasons/1/message").asString()).contains(open.value());
    }

    @Test
    @Tag("R1.6")
    void ofManyAtOnceOneWins() throws Exception {
        var certificate = registry.certificate();
        registry.aMover(certificate, NAME);
        Callable<String> one = () -> {
            var answer = registry.check(registry.number(CHANGSHA), certificate, NAME, CHANGSHA, "");
            return answer.body().path("outcome").asString() + registry.reasons(answer);
        };

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    threads.invokeAll(IntStream.range(0, 8).mapToObj(_ -> one).toList());

            assertThat(Stream.of(answers.toArray()).map(CheckStory::result))
                    .containsOnlyOnce("ACCEPTABLE[]")
                    .filteredOn(answer -> answer.equals("REFUSED[OPEN_TRANSFER]"))
                    .hasSize(7);
        }
    }

    private static String result(Object future) {
        return (String) ((java.util.concurrent.Future<?>) future).resultNow();
    }

    @Test
    @Tag("R2.2")
    void tellsEveryReasonTogether() {
        var certificate = registry.certificate();
        registry.importPerson(certificate, NAME, JINING, participation("1", ""));

        var answer = registry.check(registry.number(CHANGSHA), certificate, NAME, CHANGSHA, "");

        assertThat(registry.reasons(answer)).containsExactlyInAnyOrder("STILL_INSURED_THERE", "NOT_INSURED_HERE");
        assertThat(answer.body().at("/reasons/0/remedy").asString()).isNotBlank();
    }

    @Test
    void somebodyElseAndNobodyAreAnsweredAlike() {
        var certificate = registry.certificate();
        registry.aMover(certificate, NAME);
        var stranger = ", \"applicantPerson\": \"P00000STRANGE\"";

        var somebody = registry.check(registry.number(CHANGSHA), certificate, NAME, CHANGSHA, stranger);
        var nobody = registry.check(registry.number(CHANGSHA), registry.certificate(), NAME, CHANGSHA, stranger);

        assertThat(somebody.body().path("outcome").asString()).isEqualTo("NOT_YOURS");
        assertThat(nobody.body()).isEqualTo(somebody.body());
    }

    @Test
    void aNumberIsForOneRelationshipOnly() {
        var mine = registry.certificate();
        var other = registry.certificate();
        registry.aMover(mine, NAME);
        registry.aMover(other, NAME);
        var number = registry.number(CHANGSHA);
        registry.check(number, mine, NAME, CHANGSHA, "");

        var answer = registry.check(number, other, NAME, CHANGSHA, "");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("NUMBER_IN_USE");
    }

    @Test
    void anUnconfirmedReservationExpires() {
        var certificate = registry.certificate();
        registry.aMover(certificate, NAME);
        var forgotten = registry.number(CHANGSHA);
        registry.check(forgotten, certificate, NAME, CHANGSHA, "");
        registry.jdbc()
                .sql("update reservation set expires_at = '2026-09-01T00:00:00Z' where number = :number")
                .param("number", forgotten.value())
                .update();

        var answer = registry.check(registry.number(CHANGSHA), certificate, NAME, CHANGSHA, "");

        assertThat(answer.body().path("outcome").asString()).isEqualTo("ACCEPTABLE");
    }

    @Test
    void onlyServicesMayAsk() {
        assertThat(registry.post(registry.issuer.nationalOperator(), "/internal/checks", "{}")
                        .status())
                .isEqualTo(403);
        assertThat(registry.post(registry.issuer.service(), "/internal/checks", "{}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @Tag("43-art-12")
    @Tag("43-art-16")
    @Tag("R5.5")
    void givesHeadRowsAndAgencyOfTheSheet() {
        var certificate = registry.certificate();
        var person = registry.importPerson(certificate, NAME, JINING, """
            {"scheme": "310", "status": "2", "personType": "1101", "since": "2015-01-01",
             "paid": [{"from": "2019-01", "to": "2019-12"}, {"from": "2020-03", "to": "2020-04", "agency": "370830"}],
             "inherited": [{"no": 1, "from": "2017-01", "to": "2017-12", "scheme": "1", "months": 11,
                            "agencyName": "石家庄市医疗保险中心", "agencyRegion": "130199"}]}
            """);

        var answer = registry.post(
                registry.issuer.service(), "/internal/sheet-rows", """
                    {"items": [{"number": "%s", "person": "%s", "region": "370800", "scheme": "310"}]}
                    """.formatted(registry.number(CHANGSHA), person));

        var item = answer.body().at("/items/0");
        assertThat(item.at("/head/name").asString()).isEqualTo(NAME);
        assertThat(item.at("/head/certificate/number").asString()).isEqualTo(certificate.number());
        assertThat(item.path("rows")
                        .valueStream()
                        .map(row ->
                                row.path("no").asInt() + " " + row.path("from").asString() + ".."
                                        + row.path("to").asString() + " "
                                        + row.path("months").asInt() + " "
                                        + row.path("agencyRegion").asString()))
                .containsExactly(
                        "1 2017-01..2017-12 11 130199", "2 2019-01..2019-12 12 370899", "3 2020-03..2020-04 2 370830");
        assertThat(item.at("/agency/code").asString()).isEqualTo("370899");
        assertThat(item.at("/agency/telephone").asString()).isNotBlank();
        assertThat(registry.get(registry.issuer.service(), "/internal/persons/" + person)
                        .body()
                        .path("certificateMasked")
                        .asString())
                .startsWith("**************")
                .endsWith(certificate.number().substring(14));
        assertThat(registry.get(registry.issuer.service(), "/internal/persons/P00000STRANGE")
                        .status())
                .isEqualTo(404);
    }
}
