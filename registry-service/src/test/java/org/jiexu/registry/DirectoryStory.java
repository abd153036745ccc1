package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.JINING;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.jiexu.registry.postgres.ClearingCentreStore;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.wire.contract.CalendarPublishedV1;
import org.jiexu.wire.contract.EndpointV1;
import org.jiexu.wire.contract.KeyRegisteredV1;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.EnvelopeHeaders;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.signing.Sm2PublicKey;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DirectoryStory {
    private final RunningRegistry registry = RunningRegistry.shared();

    @Test
    void listsEveryRegionYearAndPolicySignedByTheKeyInTheFile() throws IOException {
        registry.awaitSaid();
        var anchor = Sm2PublicKey.of(
                Bytes.ofBase64(Files.readString(registry.trustFile()).strip()));

        var things = registry.records(Topics.DIRECTORY).stream()
                .map(EnvelopeHeaders::read)
                .toList();

        assertThat(things)
                .allSatisfy(thing -> assertThat(thing.isSignedBy(anchor)).isTrue());
        var subjects = registry.directory();
        // Without the clearing centres, which are listed when they register.
        assertThat(subjects.keySet().stream()
                        .filter(subject -> subject.startsWith("region/") && !subject.equals("region/430000")))
                .hasSize(369);
        assertThat(subjects)
                .containsKeys(
                        "clock",
                        "key/" + anchor.keyId(),
                        "calendar/*/2020",
                        "calendar/*/2026",
                        "policy/*/promise.workingDays/2021-12-01",
                        "policy/*/issue.workingDays/2021-12-01");
        var changsha = things.stream()
                .filter(thing -> thing.subject().equals("region/430100"))
                .map(thing -> WireJson.read(thing.data(), RegionListedV1.class))
                .toList()
                .getFirst();
        assertThat(changsha.onPlatform()).isTrue();
        assertThat(changsha.agencies().getFirst().name()).isEqualTo("长沙市医疗保障事务中心");
        var calendar = things.stream()
                .filter(thing -> thing.subject().equals("calendar/*/2026"))
                .map(thing -> WireJson.read(thing.data(), CalendarPublishedV1.class))
                .toList()
                .getFirst();
        assertThat(calendar.days()).anySatisfy(day -> assertThat(day.working()).isTrue());
    }

    @Test
    void saysNothingTwiceAndAfterARestartNothingAtAll() {
        registry.awaitSaid();
        var before = registry.directory();

        registry.restart();
        registry.awaitSaid();

        assertThat(registry.directory()).isEqualTo(before);
        assertThat(before.get("calendar/*/2026")).isEqualTo(1);
        assertThat(before.get("region/110000")).isEqualTo(1);
        assertThat(before.get("clock")).isGreaterThanOrEqualTo(1);
    }

    @Test
    void saysAnewWhatHasChangedAndNothingElse() {
        registry.awaitSaid();
        var before = registry.directory();
        var source = Source.of(CHANGSHA, ServiceName.SETTLEMENT);

        var answer = registry.register(source, registry.key(source), "http://127.0.0.1:2/moved");
        registry.awaitSaid();

        assertThat(answer.status()).isEqualTo(204);
        var after = registry.directory();
        assertThat(after.get("region/430100")).isEqualTo(before.getOrDefault("region/430100", 0L) + 1);
        after.remove("region/430100");
        before.remove("region/430100");
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aFurtherKeyIsValidFromNowAndTheFirstOneStays() {
        var source = Source.of(RunningRegistry.HANGZHOU, ServiceName.SETTLEMENT);
        var first = registry.key(source);
        var second = Sm2KeyPair.generate();

        registry.register(source, second, "http://127.0.0.1:1/settlement");
        registry.awaitSaid();

        var keys = registry.bean(DirectoryStore.class).keysOf(source);
        assertThat(keys)
                .extracting(KeyRegisteredV1::keyId)
                .containsExactly(first.publicKey().keyId(), second.publicKey().keyId());
        assertThat(keys.getFirst().validTo()).isNull();
        assertThat(keys.getLast().validFrom()).isAfterOrEqualTo(RunningRegistry.START);
        assertThat(registry.directory())
                .containsKeys(
                        "key/" + first.publicKey().keyId(),
                        "key/" + second.publicKey().keyId());
    }

    @Test
    void showsStaffWhoSignsWithWhichKey() {
        registry.awaitSaid();
        var source = Source.of(RunningRegistry.HANGZHOU, ServiceName.TRANSFER_IN);
        var auditor = registry.issuer.token("auditor", "AUDITOR", Map.of());

        var here = registry.get(auditor, "/api/v1/operations/keys?region=330100");
        var first = registry.get(auditor, "/api/v1/operations/keys?limit=1");

        assertThat(here.body()
                        .path("items")
                        .valueStream()
                        .map(key -> key.path("region").asString()))
                .isNotEmpty()
                .containsOnly("330100");
        assertThat(here.body()
                        .path("items")
                        .valueStream()
                        .map(key -> key.path("keyId").asString()))
                .contains(registry.key(source).publicKey().keyId());
        assertThat(registry.get(auditor, "/api/v1/operations/keys?limit=200")
                        .body()
                        .path("items"))
                .hasSize(registry.bean(DirectoryStore.class).keys().size());
        assertThat(first.body().path("items")).hasSize(1);
        assertThat(first.body().path("next").asString())
                .isEqualTo(first.body().path("items").get(0).path("keyId").asString());
        assertThat(registry.get(registry.issuer.person(new PersonId("PSAMPLE000001")), "/api/v1/operations/keys")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void takesNoKeyForAnotherRegionOrService() {
        var pair = Sm2KeyPair.generate();
        var body = """
            {"service": "%s", "baseUrl": "http://127.0.0.1:1", "regions": ["430100"], "keys": [
               {"keyId": "%s", "owner": "%s", "publicKey": "%s", "validFrom": "2026-09-14T01:00:00Z"}]}
            """;
        var keyId = pair.publicKey().keyId();
        var text = pair.publicKey().encoded().base64();
        var path = "/internal/registrations";
        var service = registry.issuer.service();

        assertThat(registry.post(
                                service,
                                path,
                                body.formatted("TRANSFER_IN", keyId, "/regions/370800/transfer-in", text))
                        .code())
                .isEqualTo("KEY_OF_ANOTHER_SERVICE");
        assertThat(registry.post(
                                service, path, body.formatted("TRANSFER_IN", keyId, "/regions/430100/settlement", text))
                        .code())
                .isEqualTo("KEY_OF_ANOTHER_SERVICE");
        assertThat(registry.post(
                                service,
                                path,
                                body.formatted("TRANSFER_IN", "0123456789abcdef", "/regions/430100/transfer-in", text))
                        .code())
                .isEqualTo("NOT_A_KEY");
        assertThat(registry.post(
                                service,
                                path,
                                body.formatted("TRANSFER_IN", keyId, "/regions/430100/transfer-in", text)
                                        .replace("\"430100\"", "\"430400\""))
                        .code())
                .isEqualTo("REGION_NOT_ON_PLATFORM");
        assertThat(registry.post(registry.issuer.clerk(CHANGSHA), path, "{}").status())
                .isEqualTo(403);
        assertThat(registry.directory()).doesNotContainKey("key/" + keyId);
    }

    /** R7.1: it signs as the province's settlement and is reached under the province's code. */
    @Test
    void aProvincesClearingCentreIsListedWithKeyAndAddressAndIsNoRegion() {
        var hunan = new RegionCode("430000");
        var source = Source.of(hunan, ServiceName.SETTLEMENT);
        var pair = Sm2KeyPair.generate();

        registry.register(source, pair, "http://127.0.0.1:1/centre");
        registry.awaitSaid();

        assertThat(registry.directory()).containsKeys("key/" + pair.publicKey().keyId(), "region/430000");
        assertThat(registry.bean(ClearingCentreStore.class).listed())
                .containsExactly(new RegionListedV1(
                        hunan,
                        "湖南省清算中心",
                        "430000",
                        "湖南省",
                        RegionListedV1.CLEARING_CENTRE,
                        false,
                        List.of(),
                        List.of(new EndpointV1(ServiceName.SETTLEMENT, "http://127.0.0.1:1/centre"))));
        assertThat(registry.bean(DirectoryStore.class).baseUrls()).contains("http://127.0.0.1:1/centre");
        assertThat(registry.get(registry.issuer.clerk(JINING), "/api/v1/operations/regions/430000")
                        .status())
                .isEqualTo(404);
        for (var body : List.of(
                "{\"service\": \"TRANSFER_IN\", \"baseUrl\": \"http://127.0.0.1:1\", \"regions\": [\"430000\"],"
                        + " \"keys\": []}",
                "{\"service\": \"SETTLEMENT\", \"baseUrl\": \"http://127.0.0.1:1\", \"regions\": [\"420000\"],"
                        + " \"keys\": []}")) {
            assertThat(registry.post(registry.issuer.service(), "/internal/registrations", body)
                            .code())
                    .isEqualTo("REGION_NOT_ON_PLATFORM");
        }
    }

    @Test
    void showsRegionsCalendarAndTheReasonOfEachDay() {
        var token = registry.issuer.clerk(JINING);

        var first = registry.get(token, "/api/v1/operations/regions?limit=200");
        var second = registry.get(
                token,
                "/api/v1/operations/regions?limit=200&after="
                        + first.body().path("next").asString());
        assertThat(first.body().path("items").size()
                        + second.body().path("items").size())
                .isEqualTo(369);
        assertThat(second.body().has("next")).isFalse();

        var region = registry.get(token, "/api/v1/operations/regions/430100").body();
        assertThat(region.at("/agencies/0/supervisionTelephone").asString()).isNotBlank();
        assertThat(region.has("endpoints")).isFalse();
        assertThat(registry.get(token, "/api/v1/operations/regions/999900").status())
                .isEqualTo(404);

        var calendar =
                registry.get(token, "/api/v1/operations/calendar?year=2026").body();
        assertThat(calendar.path("provisional").asBoolean()).isFalse();
        assertThat(calendar.path("knownThroughYear").asInt()).isEqualTo(2026);
        assertThat(registry.get(token, "/api/v1/operations/calendar?year=2031")
                        .body()
                        .path("provisional")
                        .asBoolean())
                .isTrue();

        registry.await()
                .untilAsserted(() -> assertThat(registry.get(
                                        token,
                                        "/api/v1/operations/deadline?start=2026-09-28&workingDays=10&region=430100")
                                .body()
                                .path("dueOn")
                                .asString())
                        .isEqualTo("2026-10-16"));
        assertThat(registry.get(token, "/api/v1/operations/deadline?start=soon&workingDays=10&region=430100")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @Tag("R10.5")
    @Tag("43-art-10")
    void whoeverIsLoggedInFindsARegionAndItsAgencies() {
        var token = registry.issuer.person(new PersonId("P00000000SEEK"));
        var hunan =
                registry.get(token, "/api/v1/regions?province=430000&limit=200").body();
        var changsha = registry.get(token, "/api/v1/regions?province=430000&name=%E9%95%BF%E6%B2%99")
                .body();
        var first =
                registry.get(token, "/api/v1/regions/430100/agencies?limit=1").body();
        var second = registry.get(
                        token,
                        "/api/v1/regions/430100/agencies?limit=1&after="
                                + first.path("next").asString())
                .body();

        assertThat(hunan.path("items")
                        .valueStream()
                        .map(region -> region.path("provinceName").asString()))
                .hasSizeGreaterThan(10)
                .containsOnly("湖南省");
        assertThat(changsha.path("items").size()).isEqualTo(1);
        assertThat(changsha.at("/items/0/code").asString()).isEqualTo("430100");
        assertThat(first.at("/items/0/name").asString()).isEqualTo("浏阳市医疗保障事务中心");
        assertThat(second.at("/items/0")).isEqualTo(JsonMapper.shared().readTree("""
            {"code": "430199", "region": "430100", "name": "长沙市医疗保障事务中心",
             "address": "长沙市岳麓区示例路1号", "telephone": "0731-00000001",
             "supervisionTelephone": "0731-00000009", "postcode": "410000"}
            """));
        assertThat(second.has("next")).isFalse();
        assertThat(registry.get(token, "/api/v1/regions?province=hunan").status())
                .isEqualTo(400);
        assertThat(registry.get(token, "/api/v1/regions/999900/agencies").status())
                .isEqualTo(404);
    }

    @Test
    void everyStatementOfTheDirectoryStoreRuns() {
        var store = registry.bean(DirectoryStore.class);

        assertThat(store.onPlatform()).hasSize(4);
        assertThat(store.isOnPlatform(new RegionCode("999900"))).isEmpty();
        assertThat(store.agencyCode(JINING, null)).contains("370899");
        assertThat(store.agencyCode(JINING, "370830")).contains("370830");
        assertThat(store.agencyCode(JINING, "430199")).isEmpty();
        assertThat(store.baseUrls()).isNotEmpty();
        assertThat(store.keys()).isNotEmpty();
        assertThat(store.policies()).hasSizeGreaterThanOrEqualTo(9);
        assertThat(store.calendars()).hasSize(7);
        assertThat(store.published()).containsKey("region/430100");
        assertThat(Map.copyOf(store.published()).size()).isGreaterThan(369);
    }
}
