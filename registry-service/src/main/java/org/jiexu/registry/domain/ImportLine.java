package org.jiexu.registry.domain;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateRules;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.CreditCode;
import org.jiexu.wire.vocabulary.FieldFault;
import org.jiexu.wire.vocabulary.FileColumn;
import org.jiexu.wire.vocabulary.InsuredTime;
import org.jiexu.wire.vocabulary.PersonName;
import org.jiexu.wire.vocabulary.ReadableText;
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
    private static final Pattern SEX = Pattern.compile("[129]");
    private static final int MOST_AGENCIES_TOLD = 10;

    /** 起止月份. */
    public record Period(YearMonth from, YearMonth to) {}

    /** 列 — the file's columns, as its first line names them. */
    public enum Column implements FileColumn {
        CERTIFICATE_TYPE("certificateType", "证件类型", 0, true),
        CERTIFICATE_NUMBER("certificateNumber", "证件号码", 1, true),
        NAME("name", "姓名", 2, true),
        SEX("sex", "性别", 3, false),
        SCHEME("scheme", "险种", 4, true),
        STATUS("status", "参保状态", 5, true),
        PERSON_TYPE("personType", "人员类别", 6, true),
        SINCE("since", "参保日期", 7, true),
        AGENCY("agency", "经办机构", 8, false),
        EMPLOYER("employer", "单位", 9, false),
        FROM("from", "起始月份", 10, true),
        TO("to", "截止月份", 11, true);

        private final String header;
        private final String chinese;
        private final int place;
        private final boolean required;

        Column(String header, String chinese, int place, boolean required) {
            this.header = header;
            this.chinese = chinese;
            this.place = place;
            this.required = required;
        }

        public String header() {
            return header;
        }

        @Override
        public String heading() {
            return header;
        }

        @Override
        public String chinese() {
            return chinese;
        }
    }

    /** What is wrong in one column of a line; quotes nothing of what stands there. */
    public record Fault(@Nullable Column column, String code, String message) {}

    /** The line, or everything that is wrong with it. */
    public sealed interface Read {
        record Good(ImportLine line) implements Read {}

        record Bad(List<Fault> faults) implements Read {}
    }

    /** @param cells in the order of {@link Column}; {@code rules} of the day on which the file is read */
    public static Read read(List<String> cells, Set<String> agencies, CertificateRules rules) {
        var reading = new Reading(cells);
        var type = reading.of(
                Column.CERTIFICATE_TYPE, CertificateType::ofCode, "BAD_CERTIFICATE_TYPE", CertificateType.ALLOWED);
        var number = reading.text(Column.CERTIFICATE_NUMBER);
        var certificate = type == null || number == null ? null : new Certificate(type, number);
        var wrongNumber = certificate == null ? null : rules.fault(certificate);
        reading.fault(Column.CERTIFICATE_NUMBER, wrongNumber);
        var name = reading.text(Column.NAME);
        reading.fault(Column.NAME, name == null ? null : PersonName.fault(name));
        var sex = reading.matching(Column.SEX, SEX, "BAD_SEX", "性别应为1（男）、2（女）或者9（未说明），也可以留空。");
        var scheme = reading.of(Column.SCHEME, Scheme::ofCode, "BAD_SCHEME", Scheme.ALLOWED);
        var status =
                reading.of(Column.STATUS, ParticipationStatus::ofCode, "BAD_STATUS", "参保状态应为1（正常参保）、2（暂停参保）或者4（终止参保）。");
        var personType = reading.of(Column.PERSON_TYPE, PersonType::new, "BAD_PERSON_TYPE", "人员类别应为2至6位数字。");
        var time = new InsuredTime(
                rules.today(), certificate == null || wrongNumber != null ? null : certificate.bornOn());
        var since = reading.read(Column.SINCE, InsuredTime::day, time::faultOfDay);
        var agency = reading.text(Column.AGENCY);
        if (agency != null && !agencies.contains(agency)) {
            reading.fault(Column.AGENCY, "UNKNOWN_AGENCY", "本统筹区没有这一经办机构；" + told(agencies) + "。");
        }
        var employer = reading.text(Column.EMPLOYER);
        reading.fault(Column.EMPLOYER, employer == null ? null : CreditCode.fault(employer));
        var from = reading.read(Column.FROM, InsuredTime::month, time::faultOfMonth);
        var to = reading.read(Column.TO, InsuredTime::month, time::faultOfMonth);
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
                certificate,
                name,
                sex,
                scheme,
                status,
                personType,
                since,
                agency,
                employer == null ? null : CreditCode.written(employer),
                new Period(from, to)));
    }

    private static String told(Set<String> agencies) {
        var some = agencies.stream().sorted().limit(MOST_AGENCIES_TOLD).collect(Collectors.joining("、"));
        return "可以填写" + some + (agencies.size() > MOST_AGENCIES_TOLD ? "等" : "") + "，也可以留空";
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

        void fault(Column column, @Nullable FieldFault fault) {
            if (fault != null) {
                fault(column, fault.code(), fault.message());
            }
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
            if (!ReadableText.isReadable(text)) {
                fault(column, ReadableText.UNREADABLE);
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

        /** A time; what {@code read} makes nothing of is a fault as well. */
        <T> @Nullable T read(
                Column column, Function<String, @Nullable T> read, Function<@Nullable T, @Nullable FieldFault> judge) {
            var text = text(column);
            if (text == null) {
                return null;
            }
            var time = read.apply(text);
            fault(column, judge.apply(time));
            return time;
        }
    }

    @Override
    public String toString() {
        return "ImportLine[" + scheme + "]";
    }
}
