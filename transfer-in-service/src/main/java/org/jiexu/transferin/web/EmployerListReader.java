package org.jiexu.transferin.web;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.Channel;
import org.jiexu.transferin.domain.LineFault;
import org.jiexu.transferin.domain.ListedLine;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 单位名单的读取 — CSV in UTF-8, with or without byte order mark, one record at a time. The header names the columns, in
 * any order, in English or Chinese; every field of a line that is wrong is told. What is wrong with the file as a whole
 * is the 400 that says so.
 */
final class EmployerListReader implements Iterator<ListedLine> {
    private static final int LONGEST_RECORD = 16_384;

    /** 名单的列. */
    enum Column {
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
    }

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
    private final CloseableIterator<CsvRecord> records;
    private final Map<Column, Integer> places;
    private final int width;
    private final Map<String, Integer> seen = new HashMap<>();

    EmployerListReader(InputStream text, RegionCode receiving, Instant now) {
        this.receiving = receiving;
        this.now = now;
        this.records = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(LONGEST_RECORD)
                .ofCsvRecord(withoutMark(text))
                .iterator();
        var header = next(Problem.badRequest("EMPTY_LIST", "名单没有内容。"));
        this.places = places(header.getFields());
        this.width = header.getFieldCount();
    }

    @Override
    public boolean hasNext() {
        try {
            return records.hasNext();
        } catch (CsvParseException e) {
            throw unreadable();
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException ? notUtf8() : e;
        }
    }

    @Override
    public ListedLine next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return line(records.next());
    }

    private CsvRecord next(Problem whenThereIsNone) {
        if (!hasNext()) {
            throw whenThereIsNone;
        }
        return records.next();
    }

    private ListedLine line(CsvRecord cells) {
        int line = Math.toIntExact(cells.getStartingLineNumber());
        if (cells.getFieldCount() != width) {
            return faulty(line, List.of(new LineFault(line, null, "WRONG_WIDTH", "本行的列数与标题行不一致。")));
        }
        var unclean = unclean(line, cells);
        if (!unclean.isEmpty()) {
            return faulty(line, unclean);
        }
        try {
            var application = body(cells).read(receiving, now, Channel.EMPLOYER);
            var first = seen.putIfAbsent(
                    application.certificate().type().code()
                            + application.certificate().number().toUpperCase(Locale.ROOT)
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
        } catch (Problem problem) {
            return faulty(
                    line,
                    problem.errors().stream()
                            .map(error -> new LineFault(
                                    line,
                                    COLUMN_OF_FIELD.getOrDefault(error.field(), error.field()),
                                    error.code(),
                                    error.message()))
                            .toList());
        }
    }

    /** The application of R1.5: into the employee scheme, vouched for by the employer. */
    private ApplicationBody body(CsvRecord cells) {
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

    private @Nullable String cell(CsvRecord cells, Column column) {
        var place = places.get(column);
        return place == null ? null : cells.getField(place);
    }

    private List<LineFault> unclean(int line, CsvRecord cells) {
        var faults = new ArrayList<LineFault>();
        places.forEach((column, place) -> {
            if (cells.getField(place).chars().anyMatch(EmployerListReader::isUnclean)) {
                faults.add(new LineFault(line, column.heading, "UNREADABLE_TEXT", "此项含有控制字符。"));
            }
        });
        return faults;
    }

    /** Control characters, line breaks in a cell too, and marks that turn the direction of writing. */
    private static boolean isUnclean(int c) {
        return Character.isISOControl(c)
                || c == '\uFEFF'
                || c == '\u061C'
                || c == '\u200E'
                || c == '\u200F'
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069');
    }

    private static ListedLine faulty(int line, List<LineFault> faults) {
        return new ListedLine(line, null, faults);
    }

    private static Map<Column, Integer> places(List<String> headings) {
        var places = new EnumMap<Column, Integer>(Column.class);
        for (int i = 0; i < headings.size(); i++) {
            var column = column(headings.get(i).strip());
            if (column == null || places.putIfAbsent(column, i) != null) {
                throw header("第" + (i + 1) + "列的标题不认识或者重复。");
            }
        }
        var missing = new ArrayList<String>();
        for (var column : Column.values()) {
            if (!places.containsKey(column)) {
                missing.add(column.heading + "（" + column.chinese + "）");
            }
        }
        if (!missing.isEmpty()) {
            throw header("标题行缺少：" + String.join("、", missing) + "。");
        }
        return places;
    }

    private static @Nullable Column column(String heading) {
        for (var column : Column.values()) {
            if (column.heading.equals(heading) || column.chinese.equals(heading)) {
                return column;
            }
        }
        return null;
    }

    private static Problem header(String detail) {
        return Problem.badRequest("WRONG_HEADER", detail);
    }

    private static Reader withoutMark(InputStream text) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var reader = new PushbackReader(new InputStreamReader(text, decoder), 1);
        try {
            int first = reader.read();
            if (first >= 0 && first != '\uFEFF') {
                reader.unread(first);
            }
            return reader;
        } catch (CharacterCodingException e) {
            throw notUtf8();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem notUtf8() {
        return Problem.badRequest("UNREADABLE_TEXT", "名单不是有效的UTF-8文本；用电子表格软件另存时请选择“CSV UTF-8”。");
    }

    private static Problem unreadable() {
        return Problem.badRequest("UNREADABLE_LIST", "名单不是有效的CSV：引号没有闭合，或者某一行过长。");
    }
}
