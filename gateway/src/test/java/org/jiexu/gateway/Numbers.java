package org.jiexu.gateway;

import java.util.Random;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;

/** Case numbers for tests, the same in every run. */
final class Numbers {
    private Numbers() {}

    static String in(RegionCode receiving) {
        return CaseNumber.random(receiving, 2026, new Random(43)).value();
    }
}
