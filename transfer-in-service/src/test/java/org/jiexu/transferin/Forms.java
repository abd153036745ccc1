package org.jiexu.transferin;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.transferin.domain.Application;
import org.jiexu.transferin.domain.Channel;
import org.jiexu.transferin.domain.Proof;
import org.jiexu.transferin.domain.Wishes;
import org.jiexu.wire.sheet.AmountInCapitals;
import org.jiexu.wire.sheet.InfoSheet;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.sheet.SheetScheme;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/** What people fill in and regions send: bodies and sheets of a usual kind. */
final class Forms {
    private Forms() {}

    static String application(Certificate certificate, String name) {
        return """
            {"person": {"certificateType": "01", "certificateNumber": "%s", "name": "%s"},
             "from": {"region": "370800", "scheme": "310"}, "toScheme": "310", "cause": "WORK",
             "identification": {"method": "FACE"}, "agreement": {"version": "2026-01"}}
            """.formatted(certificate.number(), name);
    }

    /** The same at the window of the receiving region, with these papers. */
    static String atWindow(String application, String... papers) {
        return application
                .replace("FACE", "WINDOW_DOCUMENT")
                .replace(
                        "\"cause\"",
                        "\"channel\": \"WINDOW_RECEIVING\", \"materials\": " + list(papers) + ", \"cause\"");
    }

    static String supplement(String... papers) {
        return "{\"materials\": " + list(papers) + "}";
    }

    private static String list(String... papers) {
        return Stream.of(papers).map(paper -> '"' + paper + '"').collect(Collectors.joining(", ", "[", "]"));
    }

    /** What starts by itself, at once. */
    static Application automatic(Certificate certificate, String name, RegionCode receiving) {
        return new Application(
                        certificate,
                        name,
                        NewRegion.JINING,
                        Scheme.EMPLOYEE,
                        receiving,
                        Scheme.EMPLOYEE,
                        Application.Cause.WORK,
                        Channel.AUTOMATIC,
                        new Wishes(AccountWish.MOVES, false),
                        Proof.at(BusTestKit.START, Application.Identification.REGISTRATION, "2026-01"),
                        BusTestKit.START)
                .instantly();
    }

    /** A sheet of 济宁 over two calendar years. */
    static InfoSheet sheet(CaseNumber number, InfoSheet.Head head, int version, String amount, int months) {
        var fen = Fen.parse(amount);
        var row = new SheetRow(
                1,
                YearMonth.of(2022, 1),
                YearMonth.of(2023, 12),
                SheetScheme.EMPLOYEE,
                months,
                "济宁市医疗保险事业中心",
                "370800",
                null);
        return new InfoSheet(
                number,
                version,
                NewRegion.JINING,
                number.receivingRegion(),
                head,
                List.of(row),
                new InfoSheet.Foot(
                        AmountInCapitals.write(fen),
                        fen,
                        "赵六",
                        "0537-0000000",
                        "济宁市医疗保险事业中心",
                        LocalDate.of(2026, 9, 14)));
    }
}
