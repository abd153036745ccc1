package org.jiexu.transferout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferout.OldRegion.HANGZHOU;
import static org.jiexu.transferout.OldRegion.JINING;
import static org.jiexu.transferout.OldRegion.until;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.jiexu.transferout.domain.State;
import org.jiexu.transferout.domain.Task;
import org.jiexu.wire.contract.ContactLetterIssuedV1;
import org.jiexu.wire.contract.ReminderAnsweredV1;
import org.jiexu.wire.contract.ReturnedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferRemindedV1;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Staff's desk over HTTP, with real tokens. */
class DeskStory {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final OldRegion old = OldRegion.shared();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String clerk = old.tokens.clerk(JINING);

    @Test
    void aClerkFindsTheTaskIssuesTheSheetAndSeesIt() {
        var leaving = held();

        var tasks = get(clerk, "/tasks?limit=200");
        var issued = post(clerk, "/" + leaving.number + "/issue", "");
        var again = post(clerk, "/" + leaving.number + "/issue", "");
        var shown = get(clerk, "/" + leaving.number);

        assertThat(tasks.body().get("items").toString()).contains(leaving.number.value());
        assertThat(issued.status()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(200);
        assertThat(shown.body().at("/summary/state").asString()).isEqualTo("ISSUED");
        assertThat(shown.body().at("/summary/amount").asString()).isEqualTo("88.00");
        assertThat(shown.body().at("/sheets/0/content/foot/amountInCapitals").asString())
                .isEqualTo("捌拾捌元整");
        assertThat(shown.body().at("/deadlines/0/dueOn").asString()).isEqualTo("2026-09-28");
        assertThat(get(clerk, "?state=ISSUED&limit=200").body().get("items").toString())
                .contains(leaving.number.value());
    }

    @Test
    void moneyThatCameBackIsShownWithItsReasonAndSentAgain() {
        var leaving = held();
        post(clerk, "/" + leaving.number + "/issue", "");
        var first = new RemittanceNumber(leaving.number, 1);
        leaving.otherSettlement(new ReturnedV1(first, Fen.parse("88.00"), "AMOUNT", true));
        until(_ -> leaving.tasks().equals(List.of(Task.REMIT_AGAIN)));

        var shown = get(clerk, "/" + leaving.number);
        var sent = post(clerk, "/" + leaving.number + "/remittance", "");
        var again = post(clerk, "/" + leaving.number + "/remittance", "");

        assertThat(shown.body().at("/summary/moneyCameBack").asBoolean()).isTrue();
        assertThat(shown.body().at("/returnedMoney/0/reason").asString()).isEqualTo("AMOUNT");
        assertThat(shown.body().at("/returnedMoney/0/amount").asString()).isEqualTo("88.00");
        assertThat(shown.body().at("/tasks/0/task").asString()).isEqualTo("REMIT_AGAIN");
        assertThat(sent.body().at("/summary/remittance").asString()).isEqualTo(leaving.number + "-2");
        assertThat(sent.body().at("/tasks").isEmpty()).isTrue();
        assertThat(again.body().get("code").asString()).isEqualTo("NO_MONEY_CAME_BACK");
    }

    @Test
    @Tag("R2.5")
    void aContactLetterIsKeptAndItsReceiptShown() {
        var leaving = old.newCase(JINING);
        var text = "{\"letter\":\"转移接续联系函\"}";
        var key = old.kit.key(Source.of(OldRegion.B, ServiceName.TRANSFER_IN));
        var letter = new ContactLetterIssuedV1(
                "430100260000001", text, key.publicKey().keyId(), key.sign(Bytes.ofUtf8(text)), OldRegion.ACCEPTED_AT);

        leaving.transferIn(letter).transferIn(letter);
        until(_ -> get(clerk, "/" + leaving.number + "/contact-letter").status() == 200);
        leaving.accepted().untilState(State.Name.HOLDING);

        var paper = get(clerk, "/" + leaving.number + "/contact-letter").body();
        assertThat(paper.get("text").asString()).isEqualTo(text);
        assertThat(paper.get("seal").asString()).isEqualTo(letter.seal().base64());
        var shown = get(clerk, "/" + leaving.number).body();
        assertThat(shown.at("/contactLetter/letterNumber").asString()).isEqualTo("430100260000001");
        assertThat(shown.at("/contactLetter/receivedAt").asString()).startsWith("2026-09-14T");
        assertThat(shown.at("/deadlines").size()).isEqualTo(1);
        assertThat(get(old.tokens.clerk(HANGZHOU), "/" + leaving.number + "/contact-letter")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aLetterSealedBySomebodyElseIsKeptOut() {
        var leaving = old.newCase(JINING);
        var text = "{}";
        var other = old.kit.key(Source.of(OldRegion.B, ServiceName.SETTLEMENT));

        leaving.transferIn(new ContactLetterIssuedV1(
                "430100260000002",
                text,
                other.publicKey().keyId(),
                other.sign(Bytes.ofUtf8(text)),
                OldRegion.ACCEPTED_AT));
        leaving.untilHeard();

        assertThat(get(clerk, "/" + leaving.number + "/contact-letter").status())
                .isEqualTo(404);
    }

    @Test
    void anImpossibleWishIsAConflictWithItsCode() {
        var leaving = held();
        post(clerk, "/" + leaving.number + "/issue", "");

        var declined = post(clerk, "/" + leaving.number + "/decline", "{\"reasons\":[\"RECORD_IN_DISPUTE\"]}");

        assertThat(declined.status()).isEqualTo(409);
        assertThat(declined.body().get("code").asString()).isEqualTo("SHEET_ALREADY_ISSUED");
        assertThat(post(clerk, "/" + leaving.number + "/hold-retry", "").status())
                .isEqualTo(409);
        assertThat(post(clerk, "/" + leaving.number + "/remittance", "").status())
                .isEqualTo(409);
    }

    @Test
    @Tag("R3.4")
    void aDeclineNamesKnownReasons() {
        var leaving = held();

        assertThat(post(clerk, "/" + leaving.number + "/decline", "{\"reasons\":[\"BECAUSE\"]}")
                        .status())
                .isEqualTo(400);
        var declined = post(clerk, "/" + leaving.number + "/decline", "{\"reasons\":[\"RECORD_IN_DISPUTE\"]}");

        assertThat(declined.status()).isEqualTo(200);
        assertThat(declined.body().at("/summary/state").asString()).isEqualTo("DECLINED");
        leaving.untilToB("transfer.declined.v1");
    }

    @Test
    void othersCasesAreNotFoundAndOperatorsOnlyRead() {
        var leaving = held();
        var elsewhere = old.tokens.clerk(HANGZHOU);
        var operator = old.tokens.operator("370000");

        assertThat(get(elsewhere, "/" + leaving.number).status()).isEqualTo(404);
        assertThat(post(elsewhere, "/" + leaving.number + "/issue", "").status())
                .isEqualTo(404);
        assertThat(get(clerk, "/430100-26-22222222-2").status()).isEqualTo(404);
        assertThat(get(operator, "/" + leaving.number).status()).isEqualTo(200);
        assertThat(post(operator, "/" + leaving.number + "/issue", "").status()).isEqualTo(403);
        assertThat(leaving.state()).isEqualTo(State.Name.HELD);
    }

    @Test
    @Tag("R10.4")
    @Tag("43-art-10")
    void aReminderIsATaskAndItsAnswerGoesBackOnce() {
        var leaving = held();
        var reminded =
                new TransferRemindedV1("0190a6a0-0000-7000-8000-000000000001", true, "太慢", OldRegion.ACCEPTED_AT);
        leaving.transferIn(reminded).transferIn(reminded);
        leaving.transferIn(new TransferRemindedV1(reminded.reminder(), true, "不是这样", OldRegion.ACCEPTED_AT));
        OldRegion.until(_ -> leaving.tasks().contains(Task.ANSWER_REMINDER));
        leaving.untilHeard();
        var path = "/" + leaving.number + "/reminders/" + reminded.reminder() + "/answer";

        var open = get(clerk, "/reminders?limit=200");
        var ofCase = get(clerk, "/" + leaving.number + "/reminders");
        var answered = post(clerk, path, "{\"text\": \"今天开具\"}");
        var again = post(clerk, path, "{\"text\": \"今天开具\"}");
        var other = post(clerk, path, "{\"text\": \"明天开具\"}");

        assertThat(open.body().path("items").toString()).contains(reminded.reminder());
        assertThat(ofCase.body().path("items").size()).isEqualTo(1);
        assertThat(ofCase.body().at("/items/0/kind").asString()).isEqualTo("COMPLAINT");
        assertThat(answered.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(answered.body());
        assertThat(other.status()).isEqualTo(409);
        assertThat(post(clerk, path, "{\"text\": \"  \"}").status()).isEqualTo(400);
        assertThat(post(old.tokens.clerk(HANGZHOU), path, "{\"text\": \"好\"}").status())
                .isEqualTo(404);
        leaving.untilToB("transfer.reminder-answered.v1");
        assertThat(leaving.last(Topics.transfer(OldRegion.B), ReminderAnsweredV1.class)
                        .text())
                .isEqualTo("今天开具");
        assertThat(leaving.tasks()).doesNotContain(Task.ANSWER_REMINDER);
        assertThat(get(clerk, "/reminders?limit=200").body().path("items").toString())
                .doesNotContain(reminded.reminder());
        assertThat(get(clerk, "/reminders?all=true&limit=200")
                        .body()
                        .path("items")
                        .toString())
                .contains("今天开具");
        assertThat(leaving.state()).isEqualTo(State.Name.HELD);
    }

    private OldRegion.Leaving held() {
        var leaving = old.newCase(JINING).accepted().untilState(State.Name.HOLDING);
        return leaving.held(1, "88.00").untilState(State.Name.HELD);
    }

    private record Reply(int status, JsonNode body) {}

    private Reply get(String token, String path) {
        return send(request(token, path).GET());
    }

    private Reply post(String token, String path, String body) {
        return send(request(token, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String token, String path) {
        var port = old.context.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/agency/" + JINING + "/transfers-out" + path))
                .header("Authorization", "Bearer " + token);
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
