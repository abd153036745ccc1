package org.jiexu.faults;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jiexu.bus.client.RegistrationRequest;
import org.jiexu.sandbox.Door;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import tools.jackson.databind.json.JsonMapper;

/** The lying region of one platform: its keys, and the staff of the receiving regions who send wrong money back. */
final class Lies {
    static final SampleRegion REGION = SampleRegion.JINING;

    /** Of its own cases, and of those in which it has no part. */
    private static final List<RegionCode> RECEIVING =
            List.of(SampleRegion.CHANGSHA.code(), SampleRegion.HANGZHOU.code());

    private static final StrangersCases STRANGERS =
            new StrangersCases(SampleRegion.CHANGSHA.code(), SampleRegion.HANGZHOU.code());
    private static final String USER = "service-lying-region";
    private static final Instant BEFORE_THE_SANDBOX_BEGAN = Instant.parse("2026-09-13T00:00:00Z");

    private final Platform platform;
    private final Door door;
    private final Speaker speaker;
    private final SheetForger forger;

    Lies(Platform platform, Records records, ClientHistory history) {
        this.platform = platform;
        this.door = platform.door();
        var transferOut = Sm2KeyPair.generate();
        var settlement = Sm2KeyPair.generate();
        register(ServiceName.TRANSFER_OUT, transferOut);
        register(ServiceName.SETTLEMENT, settlement);
        this.speaker =
                new Speaker(REGION.code(), platform.postgres(), records, history, transferOut, settlement, this::now);
        this.forger = new SheetForger(
                door, platform.registry(), transferOut, LocalDate.ofInstant(now(), ZoneId.of("Asia/Shanghai")));
    }

    LyingRegion begin(long seed, boolean claimsMoney) {
        var strangers = claimsMoney ? STRANGERS : null;
        var region = new LyingRegion(REGION.code(), seed, platform.bootstrap(), speaker, forger, strangers);
        region.begin();
        return region;
    }

    private Instant now() {
        return Instant.parse(
                door.get("operator", "/api/v1/operations/clock").expect(200).text("now"));
    }

    private void register(ServiceName service, Sm2KeyPair key) {
        var request = new RegistrationRequest(
                service,
                URI.create("http://127.0.0.1:1"),
                List.of(REGION.code()),
                List.of(new RegistrationRequest.Key(
                        key.publicKey().keyId(),
                        Source.of(REGION.code(), service),
                        key.publicKey().encoded(),
                        BEFORE_THE_SANDBOX_BEGAN)));
        door.postTo(
                        platform.registry(),
                        USER,
                        "/internal/registrations",
                        JsonMapper.shared().readTree(WireJson.text(request)))
                .expect(204);
    }

    /**
     * R3.2: what does not fit is sent back by two persons; that is the law, no machine may do it. Returns how many
     * remittances lay there.
     */
    int sendWrongMoneyBack() {
        return RECEIVING.stream().mapToInt(this::sendWrongMoneyBack).sum();
    }

    private int sendWrongMoneyBack(RegionCode region) {
        var suspense = "/api/v1/agency/" + region + "/suspense";
        int wrong = 0;
        for (var item : door.get("clerk-" + region, suspense).body().path("items")) {
            if (item.path("place").asString("").equals("SUSPENDED")) {
                wrong++;
                var back = suspense + "/" + item.path("remittance").asString("") + "/send-back";
                var from = "?from=" + item.path("from").asString("");
                door.post("clerk-" + region, back + from, null);
                door.post("reviewer-" + region, back + "/approval" + from, null);
            }
        }
        return wrong;
    }
}
