package org.jiexu.registry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jiexu.registry.domain.ImportLine.Column;
import org.jiexu.registry.domain.ImportLine.Fault;
import org.jiexu.registry.domain.ImportLine.Period;
import org.jiexu.registry.domain.ImportLine.Read;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateRules;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.Scheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportLineTest {
    private static final String SEVENTEEN = "43990019900307001";
    private static final String NUMBER = SEVENTEEN + Certificate.checkDigit(SEVENTEEN);
    private static final List<String> GOOD = List.of(
            "01",
            NUMBER,
            "王小雪",
            "2",
            "310",
            "2",
            "1101",
            "2015-01-01",
            "430199",
            "914301000000000000",
            "2019-01",
            "2021-06");

    @Test
    void readsAWholeLine() {
        assertThat(read(GOOD))
                .isEqualTo(new Read.Good(new ImportLine(
                        new Certificate(CertificateType.IDENTITY_CARD, NUMBER),
                        "王小雪",
                        "2",
                        Scheme.EMPLOYEE,
                        ParticipationStatus.SUSPENDED,
                        new PersonType("1101"),
                        LocalDate.of(2015, 1, 1),
                        "430199",
                        "914301000000000000",
                        new Period(YearMonth.of(2019, 1), YearMonth.of(2021, 6)))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
        CERTIFICATE_TYPE   | 02                 | BAD_CERTIFICATE_TYPE
        CERTIFICATE_TYPE   | ''                 | REQUIRED
        CERTIFICATE_NUMBER | 430103199001010010 | BAD_NUMBER
        CERTIFICATE_NUMBER | 430103900101001    | BAD_NUMBER
        NAME               | ''                 | REQUIRED
        SEX                | 3                  | BAD_SEX
        SCHEME             | 320                | BAD_SCHEME
        STATUS             | 3                  | BAD_STATUS
        PERSON_TYPE        | x                  | BAD_PERSON_TYPE
        SINCE              | 2015-02-30         | BAD_DATE
        SINCE              | 01/02/2015         | BAD_DATE
        SINCE              | 0024-01-05         | BAD_DATE
        SINCE              | 2099-12-31         | BAD_DATE
        SINCE              | 1989-12-31         | BAD_DATE
        NAME               | 王小\u00A0雪        | UNREADABLE_TEXT
        EMPLOYER           | 91430100MA4LTE8T00 | BAD_EMPLOYER
        AGENCY             | 370899             | UNKNOWN_AGENCY
        EMPLOYER           | 123                | BAD_EMPLOYER
        FROM               | 2019-13            | BAD_MONTH
        FROM               | 201901             | BAD_MONTH
        FROM               | 1949-12            | BAD_MONTH
        FROM               | 2021-07            | PERIOD_REVERSED
        TO                 | 2028-01            | FUTURE_MONTH
        """)
    void tellsWhatIsWrongInEachColumn(Column column, String text, String code) {
        var read = read(with(column, text));

        assertThat(read).isInstanceOf(Read.Bad.class);
        assertThat(((Read.Bad) read).faults()).extracting(Fault::code).containsExactly(code);
        assertThat(((Read.Bad) read).faults())
                .allSatisfy(fault ->
                        assertThat(fault.message()).doesNotContain(NUMBER).endsWith("。"));
    }

    @Test
    void tellsEveryFaultAtOnce() {
        var cells = new ArrayList<>(GOOD);
        cells.set(1, "x\u202E");
        cells.set(4, "");
        cells.set(11, "2018-01");

        assertThat(((Read.Bad) read(cells)).faults())
                .extracting(Fault::code)
                .containsExactly("UNREADABLE_TEXT", "REQUIRED", "PERIOD_REVERSED");
    }

    private static List<String> with(Column column, String text) {
        var cells = new ArrayList<>(GOOD);
        cells.set(List.of(Column.values()).indexOf(column), text);
        return cells;
    }

    private static Read read(List<String> cells) {
        return ImportLine.read(cells, Set.of("430199"), new CertificateRules(LocalDate.of(2026, 12, 1), true));
    }
}
