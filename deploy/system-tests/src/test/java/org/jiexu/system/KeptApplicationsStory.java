package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.junit.jupiter.api.Test;

/** What stays of an application: one case however often it is sent, and of a refusal no reservation. */
@OnSharedPlatform
class KeptApplicationsStory {
    private final Sandbox sandbox = Platform.shared();
    private final Knock knock = new Knock(sandbox);
    private final Evidence evidence = new Evidence(sandbox);
    private final SamplePerson person = Cases.movers(sandbox, 1, SampleRegion.SHIJIAZHUANG, SampleRegion.CHANGSHA)
            .getFirst();
    private final String user = Knock.user(person);
    private final String key = "kept-" + person.person();

    @Test
    void sentAgainWithItsKeyItIsTheSameCase() {
        var body = Knock.application(person, SampleRegion.SHIJIAZHUANG);

        var first = knock.post(user, Knock.APPLY, body, key);
        var again = knock.post(user, Knock.APPLY, body, key);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again).isEqualTo(first);
        knock.post(user, Knock.APPLY, body.replace("\"WORK\"", "\"HOUSEHOLD\""), key)
                .isProblem(422, "IDEMPOTENCY_KEY_REUSED");
        assertThat(cases()).containsExactly("1");
        assertThat(activeReservations()).containsExactly("1");
    }

    @Test
    void sentAgainWithAnotherKeyItIsRefusedAndNamesTheOpenCase() {
        var body = Knock.application(person, SampleRegion.SHIJIAZHUANG);
        var number = knock.post(user, Knock.APPLY, body, key).text("number");

        var second = knock.post(user, Knock.APPLY, body, key + "-2");

        second.isProblem(422, "REFUSED");
        assertThat(reasons(second)).containsExactly("OPEN_TRANSFER");
        assertThat(second.json().path("reasons").path(0).path("message").asString())
                .contains(number);
        assertThat(activeReservations()).containsExactly("1");
    }

    @Test
    void fromARegionThatDoesNotExistItIsRefusedWithoutAReservation() {
        var body = Knock.application(person, SampleRegion.SHIJIAZHUANG)
                .replace("\"" + SampleRegion.SHIJIAZHUANG.code() + "\"", "\"999999\"");

        var refused = knock.post(user, Knock.APPLY, body, key);

        refused.isProblem(422, "REFUSED");
        assertThat(reasons(refused)).contains("UNKNOWN_REGION");
        assertThat(activeReservations()).containsExactly("0");
    }

    private static List<String> reasons(Knock.Reply reply) {
        return reply.json()
                .path("reasons")
                .valueStream()
                .map(reason -> reason.path("code").asString())
                .toList();
    }

    private List<String> cases() {
        return evidence.query(
                "transfer_in",
                "select count(*) from transfer_case where person = '" + person.person() + "' and state <> 'REFUSED'");
    }

    private List<String> activeReservations() {
        return evidence.query(
                "registry",
                "select count(*) from reservation where freed_at is null and person = '" + person.person() + "'");
    }
}
