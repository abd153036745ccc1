package org.jiexu.transferin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jiexu.transferin.domain.Cases.CHANGSHA;
import static org.jiexu.transferin.domain.Cases.JINING;
import static org.jiexu.transferin.domain.Cases.SUBMITTED_AT;
import static org.jiexu.transferin.domain.Cases.certificate;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.Application;
import org.jiexu.transferin.domain.Application.Cause;
import org.jiexu.transferin.domain.Application.Identification;
import org.jiexu.transferin.domain.Channel;
import org.jiexu.transferin.domain.LineFault;
import org.jiexu.transferin.domain.ListedLine;
import org.jiexu.transferin.domain.Proof;
import org.jiexu.transferin.domain.Wishes;
import org.jiexu.wire.vocabulary.CertificateRules;
import org.jiexu.wire.vocabulary.ReadableText;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R1.5")
class EmployerListReaderTest {
    private static final LocalDate TODAY = LocalDate.ofInstant(SUBMITTED_AT, BusinessClock.ZONE);
    private static final String HEADER =
            "certificateType,certificateNumber,name,fromRegion,fromScheme,cause,agreementVersion\n";

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF"})
    void readsALineWithOrWithoutTheMark(String mark) {
        var lines = read(mark + HEADER + good(1));

        assertThat(lines).containsExactly(new ListedLine(2, application(1), List.of()));
    }

    @Test
    void takesTheColumnsInAnyOrderByEitherName() {
        var lines = read("姓名,cause,证件号码,转出险种,转出地,承诺书版本,证件类型\r\n\"张三\",WORK,%s,310,370800,2026-01,01\r\n"
                .formatted(certificate(1).number()));

        assertThat(lines).containsExactly(new ListedLine(2, application(1), List.of()));
    }

    @Test
    void tellsEveryFieldThatIsWrongAndRepeatsNoValue() {
        var lines = read(HEADER + good(1) + "01,110101199001010000,,37080,310,WORK,2026-01\n"
                + "01,short\n"
                + good(1)
                + "01,%s,张\u202E三,370800,310,WORK,2026-01\n"
                        .formatted(certificate(2).number()));

        assertThat(lines)
                .containsExactly(
                        new ListedLine(2, application(1), List.of()),
                        faulty(
                                new LineFault(3, "name", "REQUIRED", "此项必须填写。"),
                                new LineFault(3, "fromRegion", "INVALID", RegionCode.ALLOWED),
                                new LineFault(
                                        3, "certificateNumber", "BAD_NUMBER", "证件号码有误，请照证件原样核对后重新填写；电子表格中此列应设为文本格式。")),
                        faulty(new LineFault(4, null, "WRONG_COLUMN_COUNT", "本行的列数与列名一行不一致。")),
                        faulty(new LineFault(5, "certificateNumber", "LISTED_TWICE", "与第2行是同一人的同一项转移。")),
                        faulty(new LineFault(6, "name", "UNREADABLE_TEXT", ReadableText.UNREADABLE.message())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name\n",
                "certificateType,certificateType\n",
                "a,b,c\n",
            })
    void refusesAFileWithoutItsHeader(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(Problem.class).hasMessageStartingWith("400 ");
    }

    @Test
    void refusesOtherEncodingsAndTellsAnEndlessLine() {
        var gbk = (HEADER + good(1)).getBytes(Charset.forName("GBK"));

        assertThatThrownBy(() -> read(gbk)).hasMessage("400 UNREADABLE_TEXT");
        assertThat(read(HEADER + "\"" + "x".repeat(100_000)))
                .containsExactly(faulty(new LineFault(2, null, "LINE_TOO_LONG", "本行超过2000个字符。")));
    }

    /** Whatever bytes come, the answer is lines or a 400. */
    @Test
    void neverFailsOtherwise() {
        var random = new Random(43);
        var pieces =
                List.of("\"", ",", "\n", "\r", "01", "张三", "\u0000", "\uFEFF", "370800", HEADER, good(3), "\\", "=1+1");
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder(i % 2 == 0 ? HEADER : "");
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 0 && random.nextInt(4) == 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(read(bytes))
                        .allSatisfy(line -> assertThat(line.faults().isEmpty()).isEqualTo(line.application() != null));
            } catch (Problem problem) {
                assertThat(problem.status().value()).isEqualTo(400);
            }
        }
    }

    private static ListedLine faulty(LineFault... faults) {
        return new ListedLine(faults[0].line(), null, List.of(faults));
    }

    private static String good(int n) {
        return "01,%s,张三,370800,310,WORK,2026-01\n".formatted(certificate(n).number());
    }

    private static Application application(int n) {
        return new Application(
                certificate(n),
                "张三",
                JINING,
                Scheme.EMPLOYEE,
                CHANGSHA,
                Scheme.EMPLOYEE,
                Cause.WORK,
                Channel.EMPLOYER,
                Wishes.standard(Scheme.EMPLOYEE, Scheme.EMPLOYEE),
                Proof.at(SUBMITTED_AT, Identification.EMPLOYER_CERTIFICATE, "2026-01"),
                SUBMITTED_AT);
    }

    private static List<ListedLine> read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<ListedLine> read(byte[] text) {
        var lines = new ArrayList<ListedLine>();
        new EmployerListReader(
                        new ByteArrayInputStream(text),
                        null,
                        CHANGSHA,
                        SUBMITTED_AT,
                        new CertificateRules(TODAY, false))
                .forEachRemaining(lines::add);
        return lines;
    }
}
