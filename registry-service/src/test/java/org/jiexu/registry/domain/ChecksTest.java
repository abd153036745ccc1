package org.jiexu.registry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jiexu.registry.domain.Checks.Application;
import org.jiexu.registry.domain.Checks.Facts;
import org.jiexu.registry.domain.Checks.Listing;
import org.jiexu.registry.domain.Checks.Person;
import org.jiexu.registry.domain.Checks.Relationship;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Number: good, or one that breaks the rules. Person: "same" name, "other" name, "own" (other name, but the applicant is
 * that person), or nobody. A side: status/person type, "moved" when an earlier transfer took everything, or nothing.
 */
@Tag("43-art-7")
class ChecksTest {
    private static final CaseNumber OPEN = CaseNumber.random(new RegionCode("330100"), 2026, new java.util.Random(1));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        suspended there, enrolled here             | 01:good   | same  | 370800/310 on  | 430100/310 on  | 2/1101       | 1/1101 |      | ''
        terminated there, enrolled here            | 01:good   | same  | 370800/310 on  | 430100/310 on  | 4/1101       | 1/1101 |      | ''
        flexible worker moves                      | 01:good   | same  | 370800/310 on  | 430100/310 on  | 2/1102       | 1/1102 |      | ''
        passport of a foreigner                    | 08:E123456| same  | 370800/310 on  | 430100/310 on  | 2/1101       | 1/1101 |      | ''
        number written with a small x              | 01:small x| same  | 370800/310 on  | 430100/310 on  | 2/1101       | 1/1101 |      | ''
        still insured there                        | 01:good   | same  | 370800/310 on  | 430100/310 on  | 1/1101       | 1/1101 |      | STILL_INSURED_THERE
        not insured here                           | 01:good   | same  | 370800/310 on  | 430100/310 on  | 2/1101       |        |      | NOT_INSURED_HERE
        suspended here                             | 01:good   | same  | 370800/310 on  | 430100/310 on  | 2/1101       | 2/1101 |      | NOT_INSURED_HERE
        terminated here                            | 01:good   | same  | 370800/310 on  | 430100/310 on  | 2/1101       | 4/1101 |      | NOT_INSURED_HERE
        still insured there and not insured here   | 01:good   | same  | 370800/310 on  | 430100/310 on  | 1/1101       |        |      | STILL_INSURED_THERE, NOT_INSURED_HERE
        never insured there                        | 01:good   | same  | 370800/310 on  | 430100/310 on  |              | 1/1101 |      | NOTHING_TO_TRANSFER
        everything has moved already               | 01:good   | same  | 370800/310 on  | 430100/310 on  | 4/1101/moved | 1/1101 |      | NOTHING_TO_TRANSFER
        insured anew where everything had moved    | 01:good   | same  | 370800/310 on  | 430100/310 on  | 1/1101/moved | 1/1101 |      | STILL_INSURED_THERE
        known, but insured nowhere                 | 01:good   | same  | 370800/310 on  | 430100/310 on  |              |        |      | NOTHING_TO_TRANSFER, NOT_INSURED_HERE
        draws retiree benefits there               | 01:good   | same  | 370800/310 on  | 430100/310 on  | 2/1201       | 1/1101 |      | RETIREE
        draws retiree benefits here                | 01:good   | same  | 370800/310 on  | 430100/310 on  | 2/1101       | 1/1204 |      | RETIREE
        retiree who is still insured there         | 01:good   | same  | 370800/310 on  | 430100/310 on  | 1/1201       |        |      | STILL_INSURED_THERE, NOT_INSURED_HERE, RETIREE
        an open transfer                           | 01:good   | same  | 370800/310 on  | 430100/310 on  | 2/1101       | 1/1101 | open | OPEN_TRANSFER
        an open transfer, and resumed by force     | 01:good   | same  | 370800/310 on  | 430100/310 on  | 1/1101       | 1/1101 | open | STILL_INSURED_THERE, OPEN_TRANSFER
        name of somebody else                      | 01:good   | other | 370800/310 on  | 430100/310 on  | 2/1101       | 1/1101 |      | NAME_NUMBER_MISMATCH
        a stranger learns nothing more             | 01:good   | other | 370800/310 on  | 430100/310 on  | 1/1201       |        | open | NAME_NUMBER_MISMATCH
        the person learns everything               | 01:good   | own   | 370800/310 on  | 430100/310 on  | 1/1201       |        | open | NAME_NUMBER_MISMATCH, STILL_INSURED_THERE, NOT_INSURED_HERE, RETIREE, OPEN_TRANSFER
        nobody has this number                     | 01:good   |       | 370800/310 on  | 430100/310 on  |              |        |      | NAME_NUMBER_MISMATCH
        wrong check digit                          | 01:wrong  |       | 370800/310 on  | 430100/310 on  |              |        |      | BAD_NUMBER
        wrong check digit and unknown region       | 01:wrong  |       | 999900/310 no  | 430100/310 on  |              |        |      | BAD_NUMBER, UNKNOWN_REGION
        unknown old region                         | 01:good   | same  | 999900/310 no  | 430100/310 on  |              | 1/1101 |      | UNKNOWN_REGION
        unknown old region, not insured here       | 01:good   | same  | 999900/310 no  | 430100/310 on  |              |        |      | UNKNOWN_REGION, NOT_INSURED_HERE
        unknown receiving region                   | 01:good   | same  | 370800/310 on  | 999900/310 no  | 2/1101       |        |      | UNKNOWN_REGION
        old region off the platform                | 01:good   | same  | 370200/310 off | 430100/310 on  |              | 1/1101 |      | REGION_NOT_ON_PLATFORM
        receiving region off the platform          | 01:good   | same  | 370800/310 on  | 430400/310 off | 1/1101       |        |      | REGION_NOT_ON_PLATFORM, STILL_INSURED_THERE
        same region and scheme                     | 01:good   | same  | 430100/310 on  | 430100/310 on  | 2/1101       | 2/1101 |      | SAME_REGION_AND_SCHEME
        same region and resident scheme            | 01:good   | same  | 430100/390 on  | 430100/390 on  | 2/1501       | 2/1501 |      | SAME_REGION_AND_SCHEME, KIND_NOT_OFFERED
        resident to resident                       | 01:good   | same  | 370800/390 on  | 430100/390 on  | 2/1501       | 1/1501 |      | KIND_NOT_OFFERED
        employee to resident                       | 01:good   | same  | 370800/310 on  | 430100/390 on  | 2/1101       | 1/1501 |      | KIND_NOT_OFFERED
        resident to employee, still insured there  | 01:good   | same  | 370800/390 on  | 430100/310 on  | 1/1501       | 1/1101 |      | STILL_INSURED_THERE, KIND_NOT_OFFERED
        pension alone never refuses a resident     | 01:good   | same  | 370800/390 on  | 430100/390 on  | 2/1201       | 1/1501 |      | KIND_NOT_OFFERED
        other scheme inside one region             | 01:good   | same  | 430100/310 on  | 430100/390 on  | 2/1101       | 1/1501 |      | KIND_NOT_OFFERED
        """)
    @Tag("43-art-2")
    @Tag("43-art-4")
    @Tag("43-art-5")
    @Tag("R1.1")
    @Tag("R1.2")
    @Tag("R2.2")
    void tellsEveryFailingGround(
            String when,
            String number,
            @Nullable String person,
            String from,
            String to,
            @Nullable String old,
            @Nullable String here,
            @Nullable String open,
            String grounds) {
        var asked = new Application(certificate(number), "田小满", region(from), scheme(from), region(to), scheme(to));
        var known = new Facts(listing(from), listing(to), person(person, old, here), open == null ? null : OPEN);

        var told = Checks.failing(asked, known);

        assertThat(told.stream().map(CodedReason::code)).as(when).containsExactlyInAnyOrderElementsOf(codes(grounds));
    }

    @Test
    void namesTheOpenTransfer() {
        var asked = new Application(
                certificate("01:good"),
                "田小满",
                new RegionCode("370800"),
                Scheme.EMPLOYEE,
                new RegionCode("430100"),
                Scheme.EMPLOYEE);
        var known = new Facts(Listing.ON_PLATFORM, Listing.ON_PLATFORM, person("same", "2/1101", "1/1101"), OPEN);

        assertThat(Checks.failing(asked, known))
                .singleElement()
                .satisfies(reason -> assertThat(reason.message()).contains(OPEN.value()));
    }

    @Test
    void everyGroundHasAnArticleASentenceAndARemedy() {
        assertThat(Ground.values()).allSatisfy(ground -> {
            assertThat(ground.article()).isNotBlank();
            assertThat(ground.told().code()).isEqualTo(ground.name());
            assertThat(ground.told().message()).isNotBlank();
            assertThat(ground.told().remedy()).isNotBlank();
        });
    }

    @Test
    void printsNoName() {
        var asked = new Application(
                certificate("01:good"),
                "田小满",
                new RegionCode("370800"),
                Scheme.EMPLOYEE,
                new RegionCode("430100"),
                Scheme.EMPLOYEE);

        assertThat(asked.toString() + person("same", null, null)).doesNotContain("田小满");
    }

    private static List<String> codes(String grounds) {
        return Stream.of(grounds.split(", ")).filter(code -> !code.isEmpty()).toList();
    }

    private static Certificate certificate(String text) {
        var type = CertificateType.ofCode(text.substring(0, 2));
        return switch (text.substring(3)) {
            case "good" -> new Certificate(type, numbered("43990019900307001"));
            case "small x" -> new Certificate(type, withSmallX());
            case "wrong" ->
                new Certificate(
                        type,
                        "439900199003070010".equals(numbered("43990019900307001"))
                                ? "439900199003070011"
                                : "439900199003070010");
            case String other -> new Certificate(type, other);
        };
    }

    private static String numbered(String seventeen) {
        return seventeen + Certificate.checkDigit(seventeen);
    }

    private static String withSmallX() {
        return Stream.iterate(43990019900307001L, n -> n + 1)
                .map(n -> numbered(Long.toString(n)))
                .filter(number -> number.endsWith("X"))
                .findFirst()
                .orElseThrow()
                .replace('X', 'x');
    }

    private static RegionCode region(String side) {
        return new RegionCode(side.substring(0, 6));
    }

    private static Scheme scheme(String side) {
        return Scheme.ofCode(side.substring(7, 10));
    }

    private static Listing listing(String side) {
        return switch (side.substring(11)) {
            case "on" -> Listing.ON_PLATFORM;
            case "off" -> Listing.OFF_PLATFORM;
            default -> Listing.UNKNOWN;
        };
    }

    private static @Nullable Person person(@Nullable String who, @Nullable String old, @Nullable String here) {
        return who == null
                ? null
                : new Person(who.equals("same") ? "田小满" : "田大满", who.equals("own"), side(old), side(here));
    }

    private static @Nullable Relationship side(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var parts = text.split("/");
        return new Relationship(ParticipationStatus.ofCode(parts[0]), new PersonType(parts[1]), parts.length < 3);
    }
}
