package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.sample.Samples;
import org.jiexu.sandbox.story.TransferCase;
import org.jiexu.wire.vocabulary.RegionCode;

/** Persons for tests, and what must hold for their cases whatever happened on the way. */
final class Cases {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicLong SEED = new AtomicLong(90_001);

    private Cases() {}

    /** New persons who can move from one region to the other, known to the platform. */
    static List<SamplePerson> movers(Sandbox sandbox, int count, SampleRegion from, SampleRegion to) {
        var set = Samples.transferable(SEED.incrementAndGet(), count, from.code(), to.code());
        sandbox.loader().load(set);
        return set.persons();
    }

    static TransferCase apply(Sandbox sandbox, SamplePerson person, SampleRegion from, SampleRegion to) {
        return TransferCase.accepted(sandbox.door(), person, from.code(), to.code(), key(person, to));
    }

    static String key(SamplePerson person, SampleRegion to) {
        return "test-" + person.person() + "-" + to.code();
    }

    static void completes(TransferCase transfer) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(transfer.state()).isEqualTo("COMPLETED"));
    }

    /** The whole balance stands in the receiving region and nothing in the old one. */
    static void moneyHasMoved(Sandbox sandbox, TransferCase transfer, long before) {
        assertThat(balance(sandbox, transfer.from(), transfer.person())).isZero();
        assertThat(balance(sandbox, transfer.to(), transfer.person())).isEqualTo(before);
    }

    static long balance(Sandbox sandbox, RegionCode region, SamplePerson person) {
        var evidence = new Evidence(sandbox);
        return evidence.databases().stream()
                .filter(database -> database.startsWith("settlement"))
                .flatMap(database -> evidence
                        .query(
                                database,
                                "select balance from account where kind = 'PERSONAL' and region = '" + region
                                        + "' and owner = '" + person.person() + "'")
                        .stream())
                .mapToLong(Long::parseLong)
                .sum();
    }

    /** Both accounts of a person together, in 分. */
    static long wealth(Sandbox sandbox, SamplePerson person, SampleRegion from, SampleRegion to) {
        return balance(sandbox, from.code(), person) + balance(sandbox, to.code(), person);
    }

    static void booksAreInOrder(Sandbox sandbox) {
        var evidence = new Evidence(sandbox);
        assertThat(evidence.ledgerSums()).isNotEmpty();
        assertThat(evidence.ledgerSums().values()).containsOnly("0");
        assertThat(evidence.parked()).isEqualTo(Map.of());
    }

    static void isQuiet(Sandbox sandbox) {
        var evidence = new Evidence(sandbox);
        await().atMost(PATIENCE).ignoreExceptions().until(evidence::isQuiet);
    }
}
