package org.jiexu.transferin.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jiexu.bus.csv.CsvTable;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.Channel;
import org.jiexu.transferin.domain.LineFault;
import org.jiexu.transferin.domain.ListedLine;
import org.jiexu.wire.vocabulary.CertificateRules;
import org.jiexu.wire.vocabulary.FileColumn;
import org.jiexu.wire.vocabulary.ReadableText;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 单位名单的读取 — one record at a time; every field of a line that is wrong is told. What is wrong with the file as a whole
 * is the 400 that says so.
 */
final class EmployerListReader implements Iterator<ListedLine> {
    /** 名单的列. */
    enum Column implements FileColumn {
        CERTIFICATE_TYPE("certificateType", "证件类型"),
        CERTIFICATE_NUMBER("certificateNumber", "证件号码"),
        NAME("name", "姓名"),
        FROM_REGION("fromRegion", "转出地"),
        FROM_SCHEME("fromScheme", "转出险种"),
        CAUSE("cause", "转移原因"),
        AGREEMENT("agreementVersion", "承诺书版本");

        final String heading;
        final String chinese;

        Column(String heading, String chinese) {
            this.heading = heading;
            this.chinese = chinese;
        }

        @Override
        public String heading() {
            return heading;
        }

        @Override
        public String chinese() {
            return chinese;
        }
    }

    private static final List<Column> COLUMNS = List.of(Column.values());

    private static final Map<String, String> COLUMN_OF_FIELD = Map.of(
            "person.certificateType", Column.CERTIFICATE_TYPE.heading,
            "person.certificateNumber", Column.CERTIFICATE_NUMBER.heading,
            "person.name", Column.NAME.heading,
            "from.region", Column.FROM_REGION.heading,
            "from.scheme", Column.FROM_SCHEME.heading,
            "cause", Column.CAUSE.heading,
            "agreement.version", Column.AGREEMENT.heading);

    private final RegionCode receiving;
    private final Instant now;
    private final CertificateRules rules;
    private final CsvTable table;
    private final Map<String, Integer> seen = new HashMap<>();
    private CsvTable.@Nullable Row ahead;

    EmployerListReader(
            InputStream text, @Nullable String contentType, RegionCode receiving, Instant now, CertificateRules rules) {
        this.receiving = receiving;
        this.now = now;
        this.rules = rules;
        try {
            table = new CsvTable(text, contentType, COLUMNS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean hasNext() {
        try {
            if (ahead == null) {
                ahead = table.next();
            }
            return ahead != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ListedLine next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var row = Objects.requireNonNull(ahead);
        ahead = null;
        return line(row);
    }

    private ListedLine line(CsvTable.Row row) {
        int line = row.line();
        var cells = row.cells();
        var problem = row.problem();
        if (problem != null) {
            return faulty(line, List.of(new LineFault(line, null, problem.name(), problem.message())));
        }
        var unclean = unclean(line, cells);
        if (!unclean.isEmpty()) {
            return faulty(line, unclean);
        }
        try {
            var application = body(cells).read(receiving, now, rules, Channel.EMPLOYER);
            var first = seen.putIfAbsent(
                    application.certificate().type().code()
                            + application.certificate().number()
                            + application.from()
                            + application.fromScheme(),
                    line);
            return first == null
                    ? new ListedLine(line, application, List.of())
                    : faulty(
                            line,
                            List.of(new LineFault(
                                    line,
                                    Column.CERTIFICATE_NUMBER.heading,
                                    "LISTED_TWICE",
                                    "与第" + first + "行是同一人的同一项转移。")));
        } catch (Problem wrong) {
            return faulty(
                    line,
                    wrong.errors().stream()
                            .map(error -> new LineFault(
                                    line,
                                    COLUMN_OF_FIELD.getOrDefault(error.field(), error.field()),
                                    error.code(),
                                    error.message()))
                            .toList());
        }
    }

    /** The application of R1.5: into the employee scheme, vouched for by the employer. */
    private ApplicationBody body(List<String> cells) {
        return new ApplicationBody(
                new ApplicationBody.Person(
                        cell(cells, Column.CERTIFICATE_TYPE),
                        cell(cells, Column.CERTIFICATE_NUMBER),
                        cell(cells, Column.NAME),
                        null,
                        null),
                new ApplicationBody.From(cell(cells, Column.FROM_REGION), cell(cells, Column.FROM_SCHEME)),
                "310",
                cell(cells, Column.CAUSE),
                new ApplicationBody.IdentificationBody("EMPLOYER_CERTIFICATE", null),
                new ApplicationBody.Agreement(cell(cells, Column.AGREEMENT), null, null),
                Channel.EMPLOYER.name(),
                null,
                null,
                null);
    }

    private static String cell(List<String> cells, Column column) {
        return cells.get(COLUMNS.indexOf(column));
    }

    private static List<LineFault> unclean(int line, List<String> cells) {
        return COLUMNS.stream()
                .filter(column -> !ReadableText.isReadable(cell(cells, column)))
                .map(column -> new LineFault(
                        line, column.heading, ReadableText.UNREADABLE.code(), ReadableText.UNREADABLE.message()))
                .toList();
    }

    private static ListedLine faulty(int line, List<LineFault> faults) {
        return new ListedLine(line, null, faults);
    }
}
