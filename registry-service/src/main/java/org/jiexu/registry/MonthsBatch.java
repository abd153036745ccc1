package org.jiexu.registry;

import java.util.List;
import java.util.stream.Stream;
import org.jiexu.registry.domain.PaidPeriod;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.signing.Sm3;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.Scheme;

/** 缴费批次 — persons with their history, and payments of persons who are registered: months that are to be recorded. */
public record MonthsBatch(List<ImportPersons.Imported> persons, List<Paying> payments) {
    /** 缴费 — months of one relationship. */
    public record Paying(Certificate certificate, Scheme scheme, List<ChangeParticipation.Payment> periods) {
        @Override
        public String toString() {
            return "Paying[" + scheme + "]";
        }
    }

    public MonthsBatch {
        persons = List.copyOf(persons);
        payments = List.copyOf(payments);
    }

    int countPersons() {
        return (int) Stream.concat(
                        persons.stream().map(ImportPersons.Imported::certificate),
                        payments.stream().map(Paying::certificate))
                .distinct()
                .count();
    }

    /** All months that are named, those of inherited rows as their rows count them. */
    int countMonths() {
        int imported = persons.stream()
                .flatMap(person -> person.participations().stream())
                .mapToInt(one -> one.paid().stream()
                                .mapToInt(period -> new PaidPeriod(period.from(), period.to(), "").months())
                                .sum()
                        + one.inherited().stream().mapToInt(row -> row.months()).sum())
                .sum();
        int paid = payments.stream()
                .flatMap(paying -> paying.periods().stream())
                .mapToInt(payment -> payment.period("").months())
                .sum();
        return imported + paid;
    }

    String text() {
        return WireJson.text(this);
    }

    /** SM3 of the content; two persons can compare it. */
    String digest() {
        return Sm3.of(Bytes.ofUtf8(text())).hex();
    }

    @Override
    public String toString() {
        return "MonthsBatch[" + persons.size() + ", " + payments.size() + "]";
    }
}
