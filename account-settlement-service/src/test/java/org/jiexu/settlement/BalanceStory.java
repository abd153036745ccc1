package org.jiexu.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.settlement.Settlement.CHANGSHA;
import static org.jiexu.settlement.Settlement.JINING;

import org.jiexu.wire.vocabulary.RegionCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What another service may be shown of an account (R6.2). */
@Tag("R6.2")
class BalanceStory {
    private final Settlement settlement = Settlement.shared();

    @Test
    void tellsWhatStandsThereAndNothingWhereNoAccountIs() {
        var saver = settlement.newCase(JINING, CHANGSHA).balance("321.09");

        assertThat(ask(settlement.tokens.service("transfer-in"), JINING, saver).body())
                .isEqualTo(JsonMapper.shared().readTree("""
                    {"balance": "321.09", "free": "321.09", "stopped": false}
                    """));
        assertThat(ask(settlement.tokens.service("transfer-in"), CHANGSHA, saver)
                        .body()
                        .path("balance")
                        .asString())
                .isEqualTo("0.00");
    }

    @Test
    void isForServicesAndForHostedRegions() {
        var saver = settlement.newCase(JINING, CHANGSHA);

        assertThat(ask(settlement.tokens.clerk("c-1", JINING), JINING, saver).status())
                .isEqualTo(403);
        assertThat(ask(settlement.tokens.service("transfer-in"), Settlement.HANGZHOU, saver)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void cannotBeImportedBeyondWhatASheetCanState() {
        var saver = settlement.newCase(JINING, CHANGSHA).balance("999999999999.98");
        var path = "/api/v1/agency/370800/accounts/import";
        var batch =
                "{\"batch\": \"beyond-%s\", \"items\": [{\"person\": \"" + saver.person + "\", \"amount\": \"%s\"}]}";
        var loader = settlement.tokens.service("sample-data");

        var refused = settlement.post(loader, path, batch.formatted("1", "0.02"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("BALANCE_BEYOND_SHEET");
        assertThat(refused.body().path("line").asInt()).isEqualTo(1);
        assertThat(settlement.post(loader, path, batch.formatted("2", "0.01")).status())
                .isEqualTo(200);
        assertThat(saver.balanceAt(JINING).yuan()).isEqualTo("999999999999.99");
    }

    private Settlement.Reply ask(String token, RegionCode region, Settlement.Case saver) {
        return settlement.get(token, "/internal/balances/" + region + "/" + saver.person.value());
    }
}
