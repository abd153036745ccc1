package org.jiexu.settlement.domain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jiexu.wire.signing.Sm3;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;

/**
 * 余额批次 — what is to be put on personal accounts by hand, or with a negative amount taken from them, and why.
 */
public record BalanceBatch(String name, String reason, List<Line> lines) {
    /** 批次明细 — one account's amount. */
    public record Line(PersonId person, Fen amount) {}

    public BalanceBatch {
        lines = List.copyOf(lines);
    }

    public Fen total() {
        return lines.stream().map(Line::amount).reduce(Fen.ZERO, Fen::plus);
    }

    /** What moves in all, in whichever direction: lines that cancel each other out count. */
    public Fen moved() {
        return lines.stream().map(line -> magnitude(line.amount())).reduce(Fen.ZERO, Fen::plus);
    }

    /** The same for each person. */
    public Map<PersonId, Fen> movedByPerson() {
        return lines.stream()
                .collect(Collectors.toMap(
                        Line::person, line -> magnitude(line.amount()), Fen::plus, LinkedHashMap::new));
    }

    /** SM3 of the lines in their order; two persons can compare it. */
    public String digest() {
        var text = lines.stream()
                .map(line -> line.person().value() + "," + line.amount().yuan() + "\n")
                .collect(Collectors.joining());
        return Sm3.of(Bytes.ofUtf8(text)).hex();
    }

    private static Fen magnitude(Fen amount) {
        return amount.compareTo(Fen.ZERO) < 0 ? amount.negated() : amount;
    }
}
