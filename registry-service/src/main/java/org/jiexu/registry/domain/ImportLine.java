package org.jiexu.registry.domain;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/** 导入行 — one period of one person's participation as a line of an agency's file says it. Prints no person. */
public record ImportLine(
        Certificate certificate,
        String name,
        @Nullable String sex,
        Scheme scheme,
        ParticipationStatus status,
        PersonType personType,
        LocalDate since,
        @Nullable String agency,
        @Nullable String employer,
        Period paid) {
    private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");
    private static final Pattern USCC = Pattern.compile("[0-9A-Z]{18}");
    private static final int LONGEST_NAME = 100;
    private static final YearMonth EARLIEST = YearMonth.of(1950, 1);

    /** 起止月份. */
    public record Period(YearMonth from, YearMonth to) {}

    /** 列 — the file's columns, as its first line names them. */
    public enum Column {
        CERTIFICATE_TYPE("certificateType", 0, true),
        CERTIFICATE_NUMBER("certificateNumber", 1, true),
        NAME("name", 2, true),
        SEX("sex", 3, false),
        SCHEME("scheme", 4, true),
        STATUS("status", 5, true),
        PERSON_TYPE("personType", 6, true),
        SINCE("since", 7, true),
        AGENCY("agency", 8, false),
        EMPLOYER("employer", 9, false),
        FROM("from", 10, true),
        TO("to", 11, true);

        private final String header;
        private final int place;
        private final boolean required;

        Column(String header, int place, boolean required) {
            this.header = header;
            this.place = place;
            this.required = required;
        }

        public String header() {
            return header;
        }
    }

    /** What is wrong in one column of a line; quotes nothing of what stands there. */
    public record Fault(@Nullable Column column, String code, String message) {}

    /** The line, or everything that is wrong with it. */
    public sealed interface Read {
        record Good(ImportLine line) implements Read {}

        record Bad(List<Fault> faults) implements Read {}
    }

    /** @param cells in the order of {@link Column}; {@code latest} is the last month that can have been paid */
    public static Read read(List<String> cells, Set<String> agencies, YearMonth latest) {
        var reading = new Reading(cells);
        var type = reading.of(Column.CERTIFICATE_TYPE, CertificateType::ofCode, "BAD_CERTIFICATE_TYPE", "证件类型代码有误。");
        var number = reading.text(Column.CERTIFICATE_NUMBER);
        var certificate = type == null || number == null ? null : new Certificate(type, number);
        if (certificate != null && !certificate.isWellFormed()) {
            reading.fault(Column.CERTIFICATE_NUMBER, "BAD_NUMBER", "证件号码有误。");
        }
        var name = reading.text(Column.NAME);
        if (name != null && name.length() > LONGEST_NAME) {
            reading.fault(Column.NAME, "NAME_TOO_LONG", "姓名超过100个字。");
        }
        var sex = reading.matching(Column.SEX, Pattern.compile("[129]"), "BAD_SEX", "性别应为1、2或9。");
        var scheme = reading.of(Column.SCHEME, Scheme::ofCode, "BAD_SCHEME", "险种应为310或390。");
        var status = reading.of(Column.STATUS, ParticipationStatus::ofCode, "BAD_STATUS", "参保状态应为1、2或4。");
        var personType = reading.of(Column.PERSON_TYPE, PersonType::new, "BAD_PERSON_TYPE", "人员类别应为2至6位数字。");
        var since = reading.of(Column.SINCE, LocalDate::parse, "BAD_DATE", "日期应为年-月-日。");
        var agency = reading.text(Column.AGENCY);
        if (agency != null && !agencies.contains(agency)) {
            reading.fault(Column.AGENCY, "UNKNOWN_AGENCY", "本统筹区没有这一经办机构。");
        }
        var employer = reading.matching(Column.EMPLOYER, USCC, "BAD_EMPLOYER", "单位统一社会信用代码应为18位。");
        var from = reading.month(Column.FROM, latest);
        var to = reading.month(Column.TO, latest);
        if (from != null && to != null && to.isBefore(from)) {
            reading.fault(Column.TO, "PERIOD_REVERSED", "截止月份早于起始月份。");
        }
        if (!reading.faults.isEmpty()
                || certificate == null
                || name == null
                || scheme == null
                || status == null
                || personType == null
                || since == null
                || from == null
                || to == null) {
            return new Read.Bad(List.copyOf(reading.faults));
        }
        return new Read.Good(new ImportLine(
                certificate, name, sex, scheme, status, personType, since, agency, employer, new Period(from, to)));
    }

    /** One line being read: every fault is kept, none stops the reading. */
    private static final class Reading {
        private final List<String> cells;
        private final List<Fault> faults = new ArrayList<>();

        Reading(List<String> cells) {
            this.cells = cells;
        }

        void fault(Column column, String code, String message) {
            faults.add(new Fault(column, code, message));
        }

        /** Null when the cell is empty or cannot be read. */
        @Nullable
        String text(Column column) {
            var text = cells.get(column.place).strip();
            if (text.isEmpty()) {
                if (column.required) {
                    fault(column, "REQUIRED", "必填项为空。");
                }
                return null;
            }
            if (text.chars().anyMatch(Reading::isUnreadable)) {
                fault(column, "UNREADABLE_TEXT", "含有控制字符，或者编码不是UTF-8。");
                return null;
            }
            return text;
        }

        <T> @Nullable T of(Column column, Function<String, T> parse, String code, String message) {
            var text = text(column);
            if (text == null) {
                return null;
            }
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException | DateTimeException e) {
                fault(column, code, message);
                return null;
            }
        }

        @Nullable
        String matching(Column column, Pattern form, String code, String message) {
            var text = text(column);
            if (text != null && !form.matcher(text).matches()) {
                fault(column, code, message);
            }
            return text;
        }

        @Nullable
        YearMonth month(Column column, YearMonth latest) {
            var month = of(
                    column,
                    text -> {
                        if (!MONTH.matcher(text).matches()) {
                            throw new IllegalArgumentException("not a month");
                        }
                        return YearMonth.parse(text);
                    },
                    "BAD_MONTH",
                    "月份应为年-月，例如2020-01。");
            if (month != null && month.isBefore(EARLIEST)) {
                fault(column, "BAD_MONTH", "月份早于1950年。");
            } else if (month != null && month.isAfter(latest)) {
                fault(column, "FUTURE_MONTH", "月份晚于可以缴费的最后月份。");
            }
            return month;
        }

        /** As at every door: control characters, the replacement of broken bytes, marks that turn the direction. */
        private static boolean isUnreadable(int c) {
            return Character.isISOControl(c)
                    || c == 0xFFFD
                    || (c >= 0x202A && c <= 0x202E)
                    || (c >= 0x2066 && c <= 0x2069)
                    || c == 0x200E
                    || c == 0x200F
                    || c == 0x061C;
        }
    }

    @Override
    public String toString() {
        return "ImportLine[" + scheme + "]";
    }
}
