package org.jiexu.wire.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that every door shares, compared with what a case worker can read in {@code src/test/resources/input}. */
class FieldRulesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);
    private static final CertificateRules SANDBOX = new CertificateRules(TODAY, true);
    private static final CertificateRules PRODUCTION = new CertificateRules(TODAY, false);
    private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-f]{4})");

    static List<List<String>> certificates() throws IOException {
        return table("certificate-numbers.md");
    }

    static List<List<String>> names() throws IOException {
        return table("names.md");
    }

    @ParameterizedTest
    @MethodSource("certificates")
    @Tag("R12.1")
    void everyCertificateNumberHasItsAnswer(List<String> row) {
        assertThat(answer(SANDBOX, row.get(0), row.get(1))).as(row.toString()).isEqualTo(row.get(2));
    }

    @ParameterizedTest
    @MethodSource("certificates")
    @Tag("R12.1")
    void outsideTheSandboxNoSamplePersonIsTaken(List<String> row) {
        boolean isSample = row.get(0).equals("01") && row.get(1).startsWith("19");

        assertThat(answer(PRODUCTION, row.get(0), row.get(1)))
                .as(row.toString())
                .isEqualTo(isSample ? "BAD_NUMBER" : row.get(2));
    }

    private static String answer(CertificateRules rules, String type, String number) {
        try {
            return code(rules.fault(new Certificate(CertificateType.ofCode(type), number)));
        } catch (IllegalArgumentException e) {
            return "NO_SUCH_TYPE";
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    @Tag("R12.1")
    void everyNameHasItsAnswer(List<String> row) {
        var one = text(row.get(0));
        var other = text(row.get(2));

        assertThat(List.of(
                        code(PersonName.fault(one)),
                        code(PersonName.fault(other)),
                        PersonName.same(one, other) ? "yes" : "no"))
                .as(row.toString())
                .containsExactly(row.get(1), row.get(3), row.get(4));
    }

    @Test
    void aBirthdayIsTakenOnItsDayAndNotBefore() {
        var born = new Certificate(CertificateType.IDENTITY_CARD, "43990020261201002" + check("43990020261201002"));

        assertThat(PRODUCTION.fault(born)).isNull();
        assertThat(code(new CertificateRules(TODAY.minusDays(1), false).fault(born)))
                .isEqualTo("BAD_NUMBER");
    }

    private static char check(String seventeen) {
        return Certificate.checkDigit(seventeen);
    }

    @ParameterizedTest
    @CsvSource({
        "91430100MA4LTE8T06, taken",
        "91430100ma4lte8t06, taken",
        "91430100MA4LTE8T00, BAD_EMPLOYER",
        "430100000000001, BAD_EMPLOYER",
        "91430100MA4LTE8TO6, BAD_EMPLOYER",
        "９1430100MA4LTE8T06, BAD_EMPLOYER",
        "'', BAD_EMPLOYER"
    })
    @Tag("R12.1")
    void anEmployersCodeIsCheckedByItsLastCharacter(String code, String answer) {
        assertThat(code(CreditCode.fault(code))).isEqualTo(answer);
    }

    /** Each wrong character at each place is found, and each swap of neighbours. */
    @Test
    @Tag("R12.1")
    void everySlipInAnEmployersCodeIsFound() {
        var code = "91430100MA4LTE8T06";
        for (int place = 0; place < code.length(); place++) {
            for (char other : "0123456789ABCDEFGHJKLMNPQRTUWXY".toCharArray()) {
                var slip = code.substring(0, place) + other + code.substring(place + 1);
                assertThat(CreditCode.fault(slip) == null).as(slip).isEqualTo(slip.equals(code));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2016-07-01, taken",
        "1950-01-01, BAD_DATE",
        "1993-01-01, taken",
        "1992-12-31, BAD_DATE",
        "2027-12-31, taken",
        "2028-01-01, BAD_DATE",
        "0024-01-05, BAD_DATE",
        "2099-12-31, BAD_DATE",
        "+12024-01-05, BAD_DATE",
        "1900-01-00, BAD_DATE",
        "2023-02-30, BAD_DATE",
        "45292, BAD_DATE",
        "2024/1/5, BAD_DATE",
        "20240105, BAD_DATE",
        "2024年1月5日, BAD_DATE",
        "２０２４-01-05, BAD_DATE"
    })
    void aDayOfParticipationLiesBetweenBirthAndTheEndOfNextYear(String since, String answer) {
        var time = new InsuredTime(TODAY, LocalDate.of(1993, 9, 21));

        assertThat(code(time.faultOfDay(InsuredTime.day(since)))).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "2020-01, taken",
        "1950-01, taken",
        "1949-12, BAD_MONTH",
        "2027-12, taken",
        "2028-01, FUTURE_MONTH",
        "2020-13, BAD_MONTH",
        "202001, BAD_MONTH",
        "2020/1, BAD_MONTH",
        "Jan-20, BAD_MONTH",
        "２０２０-０１, BAD_MONTH"
    })
    void aMonthLiesBetweenTheSchemesBeginningAndTheEndOfNextYear(String month, String answer) {
        assertThat(code(new InsuredTime(TODAY, null).faultOfMonth(InsuredTime.month(month))))
                .isEqualTo(answer);
    }

    private static String code(@Nullable FieldFault fault) {
        if (fault == null) {
            return "taken";
        }
        assertThat(fault.message()).endsWith("。");
        return fault.code();
    }

    private static String text(String written) {
        var times = written.split(" × ", 2);
        var text = ESCAPED.matcher(times[0])
                .replaceAll(match -> String.valueOf((char) Integer.parseInt(match.group(1), 16)));
        return times.length == 1 ? text : text.repeat(Integer.parseInt(times[1]));
    }

    /** The rows of a table; one space around a cell is the table's, what is more is the cell's. */
    private static List<List<String>> table(String file) throws IOException {
        try (InputStream in = FieldRulesTest.class.getResourceAsStream("/input/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("| "))
                    .skip(1)
                    .map(line -> Arrays.stream(
                                    line.substring(1, line.length() - 1).split("\\|"))
                            .map(cell -> cell.substring(1, cell.length() - 1))
                            .toList())
                    .toList();
        }
    }
}
