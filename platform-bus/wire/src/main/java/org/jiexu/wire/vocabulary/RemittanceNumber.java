package org.jiexu.wire.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** 划转编号 — one sending of the case's money: the case number and a running number from 1. */
public record RemittanceNumber(CaseNumber caseNumber, int n) implements Comparable<RemittanceNumber> {
    public RemittanceNumber {
        if (n < 1) {
            throw new IllegalArgumentException("remittances of a case are counted from 1");
        }
    }

    @JsonCreator
    public static RemittanceNumber parse(String text) {
        int cut = text.lastIndexOf('-');
        if (cut < 0 || !text.substring(cut + 1).matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException("not a remittance number");
        }
        return new RemittanceNumber(new CaseNumber(text.substring(0, cut)), Integer.parseInt(text.substring(cut + 1)));
    }

    public RemittanceNumber next() {
        return new RemittanceNumber(caseNumber, n + 1);
    }

    @Override
    public int compareTo(RemittanceNumber other) {
        int byCase = caseNumber.compareTo(other.caseNumber);
        return byCase != 0 ? byCase : Integer.compare(n, other.n);
    }

    @JsonValue
    @Override
    public String toString() {
        return caseNumber + "-" + n;
    }
}
