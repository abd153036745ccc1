package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.sample.Samples;
import org.jiexu.sandbox.story.TransferCase;
import org.jiexu.wire.envelope.EnvelopeHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The same platform with every service a process of its own, 济宁 and 长沙 apart. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProcessesStory {
    private static Sandbox processes;

    @BeforeAll
    static void start() {
        processes = Platform.startProcesses();
    }

    @AfterAll
    static void stop() {
        if (processes != null) {
            processes.close();
        }
    }

    @Test
    @Order(4)
    @OnSharedPlatform
    void theSameCaseSaysTheSameInTheSameOrderAsInOneJvm() {
        assertThat(said(processes, completed(processes)))
                .isEqualTo(said(Platform.shared(), completed(Platform.shared())));
    }

    @Test
    @Order(1)
    void aKilledTransferOutChangesNothing() {
        survivesTheKillOf("transfer-out-370800");
    }

    @Test
    @Order(2)
    void aKilledTransferInChangesNothing() {
        survivesTheKillOf("transfer-in-430100");
    }

    @Test
    @Order(3)
    void aKilledSettlementChangesNothing() {
        survivesTheKillOf("settlement-370800");
    }

    private static void survivesTheKillOf(String service) {
        var people = Cases.movers(processes, 4, SampleRegion.JINING, SampleRegion.CHANGSHA);
        var cases = new ArrayList<TransferCase>();
        var wealth = new ArrayList<Long>();
        for (var person : people) {
            wealth.add(Cases.wealth(processes, person, SampleRegion.JINING, SampleRegion.CHANGSHA));
        }
        for (var person : people) {
            cases.add(Cases.apply(processes, person, SampleRegion.JINING, SampleRegion.CHANGSHA));
        }
        var victim = processes.services().process(service).orElseThrow();
        // kill -9: nothing is tidied up. The supervisor starts it again.
        victim.destroyForcibly();
        await().atMost(Cases.PATIENCE).until(() -> !victim.isAlive());

        for (int i = 0; i < cases.size(); i++) {
            Cases.completes(cases.get(i));
        }
        Cases.isQuiet(processes);
        for (int i = 0; i < cases.size(); i++) {
            Cases.moneyHasMoved(processes, cases.get(i), wealth.get(i));
        }
        Cases.booksAreInOrder(processes);
    }

    private static TransferCase completed(Sandbox sandbox) {
        // The same person with the same history on both platforms.
        var set = Samples.transferable(777, 1, SampleRegion.JINING.code(), SampleRegion.CHANGSHA.code());
        sandbox.loader().load(set);
        var person = set.persons().getFirst();
        var transfer = Cases.apply(sandbox, person, SampleRegion.JINING, SampleRegion.CHANGSHA);
        Cases.completes(transfer);
        Cases.isQuiet(sandbox);
        return transfer;
    }

    /**
     * Per topic and speaker, type and data of what was said about the case, numbers and times masked. Two speakers on one
     * topic (money arriving, credit ordered) race by design, in one JVM too.
     */
    private static Map<String, List<String>> said(Sandbox sandbox, TransferCase transfer) {
        var evidence = new Evidence(sandbox);
        var topics = evidence.platformTopics().stream()
                .filter(topic -> !topic.equals("platform.directory"))
                .toList();
        var said = new TreeMap<String, List<String>>();
        for (ConsumerRecord<String, byte[]> record : evidence.records(topics)) {
            var envelope = EnvelopeHeaders.read(record);
            var data = envelope.data().utf8();
            if (data.contains(transfer.number()) || envelope.subject().equals(transfer.number())) {
                said.computeIfAbsent(record.topic() + " " + envelope.source(), _ -> new ArrayList<>())
                        .add(envelope.type() + " " + masked(data, transfer));
            }
        }
        return said;
    }

    private static String masked(String data, TransferCase transfer) {
        return data.replace(transfer.number(), "<number>")
                .replace(transfer.person().person().value(), "<person>")
                .replaceAll("\"(sealKeyId|seal)\":\"[^\"]*\"", "\"$1\":\"…\"")
                .replaceAll("\"sheet\":\"(\\\\.|[^\"\\\\])*\"", "\"sheet\":\"…\"")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "<time>")
                .replaceAll("[0-9]{4}-[0-9]{2}(-[0-9]{2})?", "<date>")
                .replaceAll("[0-9]+\\.[0-9]{2}", "<amount>")
                .replaceAll("\"months\":[0-9]+", "\"months\":<n>");
    }
}
