package org.jiexu.sandbox.story;

import java.util.Map;
import java.util.Optional;
import org.jiexu.sandbox.Door;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import tools.jackson.databind.JsonNode;

/** The ledgers as an auditor reads them, and participation as the agency does. */
public final class Books {

    private final Door door;

    public Books(Door door) {
        this.door = door;
    }

    /** 个人账户 — what stands there, and what of it is held for a transfer. */
    public record Account(Fen balance, Fen held) {}

    /** Where the money of one remittance is in one region's ledger. */
    public record Place(Fen personal, Fen suspense, Fen transit) {}

    /** 参保 as the agency sees it. */
    public record Participation(String status, int monthsPaid, int monthsInherited) {}

    public Fen sum(RegionCode region) {
        return Fen.parse(summary(region, "").path("sum").asString());
    }

    public Account account(RegionCode region, PersonId person) {
        var account = door.get("auditor", "/api/v1/agency/" + region + "/accounts/" + person)
                .expect(200)
                .body();
        return new Account(
                Fen.parse(account.path("balance").asString()),
                Fen.parse(account.path("held").asString()));
    }

    /** Empty when this ledger knows nothing of the remittance. */
    public Optional<Place> place(RegionCode region, String remittance) {
        String after = "";
        while (true) {
            var page = summary(region, after).path("remittances");
            for (JsonNode one : page.path("items").values()) {
                if (one.path("remittance").asString().equals(remittance)) {
                    return Optional.of(new Place(
                            Fen.parse(one.path("personal").asString()),
                            Fen.parse(one.path("suspense").asString()),
                            Fen.parse(one.path("transit").asString())));
                }
            }
            after = page.path("next").asString("");
            if (after.isEmpty()) {
                return Optional.empty();
            }
        }
    }

    public Participation participation(RegionCode region, SamplePerson person) {
        var found = door.post(
                        "clerk-" + region,
                        "/api/v1/agency/" + region + "/participation/search",
                        Map.of(
                                "certificateType", person.certificate().type().code(),
                                "certificateNumber", person.certificate().number()))
                .expect(200)
                .body();
        return found.path("participations")
                .valueStream()
                .filter(one ->
                        one.path("participation").path("scheme").asString().equals(Scheme.EMPLOYEE.code()))
                .map(one -> new Participation(
                        one.path("participation").path("status").asString(),
                        one.path("months").asInt(),
                        one.path("inherited")
                                .valueStream()
                                .mapToInt(row -> row.path("row").path("months").asInt())
                                .sum()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no participation of " + person + " in " + region));
    }

    private JsonNode summary(RegionCode region, String after) {
        String query = after.isEmpty() ? "?limit=200" : "?limit=200&after=" + after;
        return door.get("auditor", "/api/v1/agency/" + region + "/ledger/summary" + query)
                .expect(200)
                .body();
    }
}
