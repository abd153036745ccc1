package org.jiexu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
    /** A number as the platform gives it; its check character holds. */
    static final String NUMBER = Numbers.in(new RegionCode("430100"));

    @Nested
    class ByRegion {
        @ParameterizedTest
        @CsvSource({
            "/api/v1/regions/430100/transfers, TRANSFER_IN, 430100",
            "/api/v1/regions/4301AB/transfers, TRANSFER_IN, 4301AB",
            "/api/v1/regions/370800/persons/me/account, SETTLEMENT, 370800",
            "/api/v1/regions/430200/persons/me/old-records, TRANSFER_IN, 430200",
            "/api/v1/regions/430200/old-records/search, TRANSFER_IN, 430200",
            "/api/v1/regions/430200/instant-transfers, TRANSFER_IN, 430200",
            "/api/v1/regions/430200/instant-transfers/01998877-0000-7000-8000-0123456789ab, TRANSFER_IN, 430200",
            "/api/v1/regions/430100/transfer-batches, TRANSFER_IN, 430100",
            "/api/v1/regions/430100/transfer-batches/0190a6a0-0000-7000-8000-000000000000, TRANSFER_IN, 430100",
            "/api/v1/regions/430100/transfer-batches/0190a6a0-0000-7000-8000-000000000000/result, TRANSFER_IN, 430100",
            "/api/v1/agency/430100/ratings, TRANSFER_IN, 430100",
            "/api/v1/agency/430100/reminders, TRANSFER_IN, 430100",
            "/api/v1/agency/430100/reminders/x/answer, TRANSFER_IN, 430100",
            "/api/v1/agency/430100/tasks, TRANSFER_IN, 430100",
            "/api/v1/agency/430100/transfers-in, TRANSFER_IN, 430100",
            "/api/v1/agency/430100/transfers-in/x/confirmation, TRANSFER_IN, 430100",
            "/api/v1/agency/130100/transfers-out, TRANSFER_OUT, 130100",
            "/api/v1/agency/130100/transfers-out/x/issue, TRANSFER_OUT, 130100",
            "/api/v1/agency/430100/suspense, SETTLEMENT, 430100",
            "/api/v1/agency/430100/left-over-balances, SETTLEMENT, 430100",
            "/api/v1/regions/430100/account-pay-outs, SETTLEMENT, 430100",
            "/api/v1/regions/430100/account-pay-outs/x, SETTLEMENT, 430100",
            "/api/v1/agency/430100/account-pay-outs/x/approval, SETTLEMENT, 430100",
            "/api/v1/agency/430100/left-over-balances/x/persons, SETTLEMENT, 430100",
            "/api/v1/agency/430100/accounts/import, SETTLEMENT, 430100",
            "/api/v1/agency/430100/ledger/postings, SETTLEMENT, 430100",
            "/api/v1/agency/430100/clearing/2026Q3/payment-up, SETTLEMENT, 430100",
            "/api/v1/agency/430100/unmaskings, TRANSFER_IN, 430100",
            "/api/v1/agency/430100/transfers-in/x/unmask, TRANSFER_IN, 430100",
            "/api/v1/operations/services/transfer-in/430100/channel, TRANSFER_IN, 430100",
            "/api/v1/operations/services/transfer-out/370800/quarantine/replay, TRANSFER_OUT, 370800",
            "/api/v1/operations/services/settlement/370800/journal/events/x/verify, SETTLEMENT, 370800",
            "/api/v1/operations/clearing/430000/quarters, SETTLEMENT, 430000",
            "/api/v1/operations/clearing/430000, SETTLEMENT, 430000",
        })
        void leadsToTheRegionsInstance(String path, ServiceName service, String region) {
            assertThat(Destination.of(path)).contains(new Destination(service, new RegionCode(region)));
        }
    }

    @Nested
    class ByCaseNumber {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "/status",
                    "/benefits",
                    "/withdrawal",
                    "/rating",
                    "/reminders",
                    "/documents",
                    "/documents/acceptance"
                })
        void leadsToTheReceivingRegionInTheNumber(String rest) {
            assertThat(Destination.of("/api/v1/transfers/" + NUMBER + rest))
                    .contains(new Destination(ServiceName.TRANSFER_IN, new RegionCode("430100")));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "430100-26-7KQ4M2XD-",
                    "430100-26-7KQ4M2XD",
                    "430100-26-7KQ4M2X0-9",
                    "430100",
                    "..",
                    "%34%33%30%31%30%30-26-7KQ4M2XD-9",
                })
        void leadsNowhereWithoutAValidNumber(String number) {
            assertThat(Destination.of("/api/v1/transfers/" + number)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 5, 12})
        void leadsNowhereWithOneCharacterWrong(int place) {
            char wrong = NUMBER.charAt(place) == '3' ? '4' : '3';
            var number = NUMBER.substring(0, place) + wrong + NUMBER.substring(place + 1);

            assertThat(Destination.of("/api/v1/transfers/" + number)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"/%73tatus", "/status%20", "/%2e%2e/internal"})
        void leadsNowhereWithAnEscapedCharacter(String rest) {
            assertThat(Destination.of("/api/v1/transfers/" + NUMBER + rest)).isEmpty();
        }
    }

    @Nested
    class ByTheRegistry {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/api/v1/transfers",
                    "/api/v1/refusal-grounds",
                    "/api/v1/agency/430100/participation/wishes",
                    "/api/v1/messages",
                    "/api/v1/documents/verification",
                    "/api/v1/regions",
                    "/api/v1/regions/430100/agencies",
                    "/api/v1/operations",
                    "/api/v1/operations/clock",
                    "/api/v1/operations/services/registry/000000/channel",
                    "/api/v1/operations/events/stream",
                    "/api/v1/operations/cases.csv",
                    "/api/v1/agency/430100/participation",
                    "/api/v1/agency/430100/participation/import",
                    "/api/v1/agency/430100/participation/P0BROUGHTALNG/accumulation",
                    "/api/v1/regions/430100/persons/me/accumulation",
                })
        void isAnswered(String path) {
            assertThat(Destination.of(path)).contains(new Destination(ServiceName.REGISTRY, null));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/api/v1",
                "/api/v1/",
                "/api/v1/regions/",
                "/api/v1/regions/430100",
                "/api/v1/regions/430100/agencies/x",
                "/api/v1/regions/430100/transfer-batches/x",
                "/api/v1/regions/43010/transfers",
                "/api/v1/regions/4301000/transfers",
                "/api/v1/regions/4301ab/transfers",
                "/api/v1/regions/430100/transfers/",
                "/api/v1/regions/430100/transfers/x",
                "/api/v1/regions/430100/persons/P1/account",
                "/api/v1/regions/430100/persons/P1/old-records",
                "/api/v1/regions/430100/instant-transfers/1",
                "/api/v1/agency/430100",
                "/api/v1/agency/430100/tasksx",
                "/api/v1/agency/xx/tasks",
                "/api/v1/transfers/",
                "/api/v2/transfers",
                "/API/v1/transfers",
                "/api/v1/operationsx",
                "/internal/checks",
                "/actuator/env",
            })
    void isNobodyForOtherPaths(String path) {
        assertThat(Destination.of(path)).isEmpty();
    }
}
