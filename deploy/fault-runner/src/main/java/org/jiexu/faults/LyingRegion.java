package org.jiexu.faults;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.InfoSheetIssuedV1;
import org.jiexu.wire.contract.ReturnedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferAcceptedV1;
import org.jiexu.wire.contract.TransferWithdrawnV1;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.envelope.EnvelopeHeaders;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;

/**
 * An old region that is no service of ours: it signs with its own keys and does as it pleases. Some cases it answers at
 * once and truly, some late, some not before it is made to; it says things twice, seals two sheets for one version, and
 * sends another amount than its sheet says until the money comes back. It may also claim to have sent the money of cases
 * in which it has no part: before anybody else, or in the amount that it reads on the sheet.
 */
final class LyingRegion implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final RegionCode region;
    private final Speaker speaker;
    private final SheetForger forger;
    private final @Nullable StrangersCases strangers;
    private final KafkaConsumer<String, byte[]> consumer;
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().daemon().name("lying-region-", 1).factory());
    private final Map<String, Case> cases = new ConcurrentHashMap<>();
    private final Set<CaseNumber> claimed = ConcurrentHashMap.newKeySet();
    private final Random random;
    private volatile boolean mustSpeak;
    private volatile boolean over;

    /** How a case is treated. */
    enum Manner {
        TRUE,
        TWICE,
        LATE,
        SILENT,
        TWO_SHEETS,
        WRONG_AMOUNT
    }

    private static final class Case {
        final TransferAcceptedV1 accepted;
        final Manner manner;
        final Fen amount;
        boolean issued;
        boolean withdrawn;

        Case(TransferAcceptedV1 accepted, Manner manner, Fen amount) {
            this.accepted = accepted;
            this.manner = manner;
            this.amount = amount;
        }
    }

    /** @param strangers of which cases it claims the money; null: of none */
    LyingRegion(
            RegionCode region,
            long seed,
            String bootstrap,
            Speaker speaker,
            SheetForger forger,
            @Nullable StrangersCases strangers) {
        this.region = region;
        this.speaker = speaker;
        this.forger = forger;
        this.strangers = strangers;
        this.random = new Random(seed);
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        var partitions = topics().map(topic -> new TopicPartition(topic, 0)).toList();
        consumer.assign(partitions);
        // What earlier schedules have said is answered.
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    private Stream<String> topics() {
        var own = Stream.of(Topics.transfer(region), Topics.balance(region));
        return strangers == null
                ? own
                : Stream.concat(own, Stream.of(Topics.transfer(strangers.from()), Topics.transfer(strangers.to())));
    }

    void begin() {
        Thread.ofPlatform().daemon().name("lying-region").start(() -> {
            try (consumer) {
                while (!over) {
                    consumer.poll(POLL).forEach(this::hear);
                }
            } catch (InterruptException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Who has said nothing so far speaks now, and nobody is silent any more. */
    void speakNow() {
        mustSpeak = true;
        cases.keySet().forEach(number -> later.execute(() -> answer(new CaseNumber(number))));
    }

    private void hear(ConsumerRecord<String, byte[]> record) {
        var said = EnvelopeHeaders.read(record);
        if (strangers != null && !record.topic().endsWith(region.value())) {
            later.execute(() -> claim(strangers, said));
            return;
        }
        switch (said.type()) {
            case "transfer.accepted.v1" ->
                accepted(said.subject(), WireJson.read(said.data(), TransferAcceptedV1.class));
            case "transfer.withdrawal-requested.v1" -> later.execute(() -> withdraw(said.subject()));
            case "balance.returned.v1" -> {
                var returned = WireJson.read(said.data(), ReturnedV1.class);
                later.execute(() -> again(said.subject(), returned));
            }
            default -> {
                // A region that lies does not listen either.
            }
        }
    }

    private void accepted(String number, TransferAcceptedV1 accepted) {
        var manner = Manner.values()[random.nextInt(Manner.values().length)];
        var amount = Fen.of(1000 + random.nextInt(2_000_000));
        if (cases.putIfAbsent(number, new Case(accepted, manner, amount)) != null) {
            return;
        }
        long wait = manner == Manner.LATE ? 4000 + random.nextInt(6000) : random.nextInt(400);
        if (manner != Manner.SILENT || mustSpeak) {
            var _ = later.schedule(() -> answer(new CaseNumber(number)), wait, TimeUnit.MILLISECONDS);
        }
    }

    private void answer(CaseNumber number) {
        var its = cases.get(number.value());
        if (its == null || its.issued || its.withdrawn) {
            return;
        }
        its.issued = true;
        var first = new RemittanceNumber(number, 1);
        var to = its.accepted.to();
        var sheet = forger.sheet(number, its.accepted, its.amount, first);
        speaker.transferOut(to, Topics.transfer(to), number, sheet);
        if (its.manner == Manner.TWICE) {
            speaker.transferOut(to, Topics.transfer(to), number, sheet);
        }
        if (its.manner == Manner.TWO_SHEETS) {
            speaker.lie(to, Topics.transfer(to), number, forger.sheet(number, its.accepted, more(its.amount), first));
        }
        remit(number, its, first, its.manner == Manner.WRONG_AMOUNT ? more(its.amount) : its.amount);
    }

    private void remit(CaseNumber number, Case its, RemittanceNumber remittance, Fen amount) {
        var to = its.accepted.to();
        var remitted = new BalanceRemittedV1(remittance, amount, region);
        speaker.post(remittance, amount);
        speaker.settlement(to, Topics.balance(to), number, remitted);
        if (its.manner == Manner.TWICE) {
            speaker.settlement(to, Topics.balance(to), number, remitted);
        }
    }

    /** Half of the cases before their old region has even begun, in some amount; the others in the sheet's own. */
    private void claim(StrangersCases between, Envelope said) {
        if (!CaseNumber.isValid(said.subject())
                || !new CaseNumber(said.subject()).receivingRegion().equals(between.to())) {
            return;
        }
        var number = new CaseNumber(said.subject());
        boolean waitsForSheet = Math.floorMod(number.hashCode(), 2) == 0;
        if (!waitsForSheet && said.type().equals("transfer.accepted.v1")) {
            claim(number, between, Fen.of(1000 + random.nextInt(2_000_000)));
        } else if (waitsForSheet && said.type().equals("info-sheet.issued.v1")) {
            claim(
                    number,
                    between,
                    WireJson.read(said.data(), InfoSheetIssuedV1.class).amount());
        }
    }

    private void claim(CaseNumber number, StrangersCases between, Fen amount) {
        if (amount.isPositive() && claimed.add(number)) {
            var first = new RemittanceNumber(number, 1);
            speaker.post(first, amount);
            speaker.settlement(
                    between.to(), Topics.balance(between.to()), number, new BalanceRemittedV1(first, amount, region));
        }
    }

    /** One 分: the smallest lie there is. */
    private static Fen more(Fen amount) {
        return Fen.of(amount.value() + 1);
    }

    private void withdraw(String number) {
        var its = cases.get(number);
        if (its != null && !its.issued && !its.withdrawn) {
            its.withdrawn = true;
            speaker.transferOut(
                    its.accepted.to(),
                    Topics.transfer(its.accepted.to()),
                    new CaseNumber(number),
                    new TransferWithdrawnV1(its.accepted.acceptedAt()));
        }
    }

    /** What came back goes out once more, in the right amount. */
    private void again(String number, ReturnedV1 returned) {
        var its = cases.get(number);
        if (its != null
                && its.manner == Manner.WRONG_AMOUNT
                && returned.remittance().n() == 1) {
            remit(new CaseNumber(number), its, returned.remittance().next(), its.amount);
        }
    }

    @Override
    public void close() {
        over = true;
        later.shutdownNow();
    }
}
