package org.jiexu.settlement.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jiexu.wire.vocabulary.Fen;

/** Where the yuan of each remittance are, read from the postings alone. */
final class Whereabouts {
    private Whereabouts() {}

    /** Per remittance and sender, the accounts (both legs of what stands between the regions as one) on which its yuan are, if left for good. */
    static Map<String, List<String>> of(Collection<Posting> postings) {
        var sums = new TreeMap<String, Map<String, Fen>>();
        for (var posting : postings) {
            if (posting.remittance() == null) {
                continue;
            }
            var sum = sums.computeIfAbsent(sent(posting), _ -> new TreeMap<>());
            for (var l : posting.lines()) {
                sum.merge(l.account().kind() + place(l.account()), l.amount(), Fen::plus);
            }
        }
        var places = new TreeMap<String, List<String>>();
        sums.forEach((n, sum) -> places.put(
                n,
                sum.entrySet().stream()
                        .filter(e -> e.getValue().isPositive() || isHome(n, e))
                        .map(Map.Entry::getKey)
                        .toList()));
        return places;
    }

    /** By the key, which names the sender of what arrives; what leaves is A's own. */
    private static String sent(Posting posting) {
        boolean lied = posting.key().contains("<" + Notation.C);
        return posting.remittance() + " of " + (lied ? Notation.C : Notation.A);
    }

    /** C keeps no ledger here: its money is home when it is on the wire to C. */
    private static boolean isHome(String sent, Map.Entry<String, Fen> entry) {
        var home = sent.endsWith(" of " + Notation.C)
                ? List.of("TRANSIT", "CLEARING", "BANK" + Notation.B)
                : List.of("PERSONAL" + Notation.A);
        return home.contains(entry.getKey()) && entry.getValue().isZero();
    }

    private static String place(AccountKey key) {
        return key instanceof AccountKey.Transit || key instanceof AccountKey.Clearing
                ? ""
                : key.ledger().value();
    }
}
