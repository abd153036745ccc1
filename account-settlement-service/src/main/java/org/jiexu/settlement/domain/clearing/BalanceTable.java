package org.jiexu.settlement.domain.clearing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jiexu.wire.contract.ClearingPairV1;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;

/**
 * 清算平衡表 — a quarter of a province (R7.2): per region what it has to pay up and what is to be paid down to it, kept
 * apart and not netted (收支两条线), and the matrix that adds up to it. It says nothing about when it was made, so that
 * making it again gives the same bytes.
 */
public record BalanceTable(RegionCode province, Quarter quarter, List<Row> rows, List<ClearingPairV1> pairs) {

    /** One region, 省本级 as well as any other; {@code difference} is in less out, shown and never paid. */
    public record Row(
            RegionCode region, String name, int outDebts, Fen outAmount, int inDebts, Fen inAmount, Fen difference) {
        static Row empty(RegionCode region, String name) {
            return new Row(region, name, 0, Fen.ZERO, 0, Fen.ZERO, Fen.ZERO);
        }

        Row out(ClearingPairV1 pair) {
            return new Row(
                    region,
                    name,
                    Math.addExact(outDebts, pair.debts()),
                    outAmount.plus(pair.amount()),
                    inDebts,
                    inAmount,
                    difference.minus(pair.amount()));
        }

        Row in(ClearingPairV1 pair) {
            return new Row(
                    region,
                    name,
                    outDebts,
                    outAmount,
                    Math.addExact(inDebts, pair.debts()),
                    inAmount.plus(pair.amount()),
                    difference.plus(pair.amount()));
        }
    }

    /** What stands below the rows; for both directions the same. */
    public record Total(int debts, Fen amount) {}

    public BalanceTable {
        rows = rows.stream().sorted(Comparator.comparing(Row::region)).toList();
        pairs = pairs.stream()
                .sorted(Comparator.comparing(ClearingPairV1::debtor).thenComparing(ClearingPairV1::creditor))
                .toList();
        var total = total(pairs);
        if (!total.equals(new Total(count(rows, Row::outDebts), sum(rows, Row::outAmount)))
                || !total.equals(new Total(count(rows, Row::inDebts), sum(rows, Row::inAmount)))) {
            throw new IllegalArgumentException("the table does not balance");
        }
    }

    /** Every member has a row; who owes or is owed and is no member any more has one under its code. */
    public static BalanceTable of(
            RegionCode province, Quarter quarter, Map<RegionCode, String> members, List<ClearingPairV1> pairs) {
        var rows = new TreeMap<RegionCode, Row>();
        members.forEach((region, name) -> rows.put(region, Row.empty(region, name)));
        for (var pair : pairs) {
            rows.merge(
                    pair.debtor(),
                    Row.empty(pair.debtor(), pair.debtor().value()).out(pair),
                    (row, _) -> row.out(pair));
            rows.merge(
                    pair.creditor(),
                    Row.empty(pair.creditor(), pair.creditor().value()).in(pair),
                    (row, _) -> row.in(pair));
        }
        return new BalanceTable(province, quarter, List.copyOf(rows.values()), pairs);
    }

    public Total total() {
        return total(pairs);
    }

    /** The exact text that is kept, digested and shown. */
    public Bytes json() {
        record Document(
                RegionCode province, Quarter quarter, Total total, List<Row> rows, List<ClearingPairV1> pairs) {}
        return WireJson.write(new Document(province, quarter, total(), rows, pairs));
    }

    /** The same for spreadsheets: UTF-8 with the mark that they look for. */
    public Bytes csv() {
        var lines = new ArrayList<String>();
        lines.add("\uFEFF清算平衡表," + province + "," + quarter);
        lines.add("统筹区代码,统筹区,转出笔数,应上解金额,转入笔数,应拨付金额,差额");
        for (var row : rows) {
            lines.add(String.join(
                    ",",
                    row.region().value(),
                    quoted(row.name()),
                    String.valueOf(row.outDebts()),
                    row.outAmount().yuan(),
                    String.valueOf(row.inDebts()),
                    row.inAmount().yuan(),
                    row.difference().yuan()));
        }
        var total = total();
        lines.add("合计,,%d,%s,%d,%s,0.00".formatted(total.debts(), total.amount(), total.debts(), total.amount()));
        lines.add("");
        lines.add("转出地,转入地,笔数,金额");
        for (var pair : pairs) {
            lines.add("%s,%s,%d,%s".formatted(pair.debtor(), pair.creditor(), pair.debts(), pair.amount()));
        }
        return Bytes.ofUtf8(String.join("\r\n", lines) + "\r\n");
    }

    private static String quoted(String text) {
        return text.contains(",") || text.contains("\"") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private static Total total(List<ClearingPairV1> pairs) {
        return new Total(
                pairs.stream().mapToInt(ClearingPairV1::debts).reduce(0, Math::addExact),
                pairs.stream().map(ClearingPairV1::amount).reduce(Fen.ZERO, Fen::plus));
    }

    private static int count(List<Row> rows, java.util.function.ToIntFunction<Row> of) {
        return rows.stream().mapToInt(of).reduce(0, Math::addExact);
    }

    private static Fen sum(List<Row> rows, java.util.function.Function<Row, Fen> of) {
        return rows.stream().map(of).reduce(Fen.ZERO, Fen::plus);
    }
}
