package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.story.TransferCase;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What nobody should send: each is answered with a status, a code and a Chinese sentence, leaves nothing behind in a
 * database, and neither a name nor a number in a log.
 */
@OnSharedPlatform
class BadApplicationsStory {
    private static final String APPLY = Knock.APPLY;

    private static Sandbox sandbox;
    private static Evidence evidence;
    private static Knock knock;
    private static SamplePerson person;
    private static SamplePerson other;
    private static TransferCase othersCase;
    private static Said said;

    private List<String> before;

    /** One way to spoil a good application. */
    record Bad(String what, UnaryOperator<String> spoil, String code) {
        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Bad> SPOILT = List.of(
            new Bad("nothing at all", good -> "", "BODY_MISSING"),
            new Bad("broken off", good -> good.substring(0, good.length() - 5), "BROKEN_JSON"),
            new Bad("no JSON", good -> "name=value", "BROKEN_JSON"),
            new Bad("a list", good -> "[" + good + "]", "UNREADABLE_VALUE"),
            new Bad("something behind it", good -> good + "{}", "TRAILING_CONTENT"),
            new Bad(
                    "a thousand brackets",
                    good -> with(good, "cause", "[".repeat(1000) + "]".repeat(1000)),
                    "UNREADABLE_VALUE"),
            new Bad("a key twice", good -> with(good, "toScheme", "\"310\",\"toScheme\":\"390\""), "DUPLICATE_KEY"),
            new Bad("an unknown field", good -> "{\"hurry\":true," + good.substring(1), "UNKNOWN_PROPERTY"),
            new Bad(
                    "a status of one's own",
                    good -> "{\"status\":\"ACCEPTED\"," + good.substring(1),
                    "UNKNOWN_PROPERTY"),
            new Bad(
                    "a number of one's own",
                    good -> "{\"number\":\"430100-26-7KQ4M2XD-9\"," + good.substring(1),
                    "UNKNOWN_PROPERTY"),
            new Bad(
                    "an acceptance within the person",
                    good -> good.replace("\"certificateType\"", "\"acceptedAt\":\"2026-01-01\",\"certificateType\""),
                    "UNKNOWN_PROPERTY"),
            new Bad("a scheme as a number", good -> with(good, "toScheme", "310"), "UNREADABLE_VALUE"),
            new Bad("a scheme as a truth", good -> with(good, "toScheme", "true"), "UNREADABLE_VALUE"),
            new Bad("a scheme as a list", good -> with(good, "toScheme", "[\"310\"]"), "UNREADABLE_VALUE"),
            new Bad("a scheme out of range", good -> with(good, "toScheme", "1e999999999"), "UNREADABLE_VALUE"),
            new Bad("a scheme that is none", good -> with(good, "toScheme", "\"999\""), "INVALID_REQUEST"),
            new Bad("no scheme", good -> with(good, "toScheme", "null"), "INVALID_REQUEST"),
            new Bad("a cause that is none", good -> with(good, "cause", "\"BECAUSE\""), "INVALID_REQUEST"),
            new Bad("an agreement as text", good -> with(good, "agreement", "\"2026-01\""), "UNREADABLE_VALUE"),
            new Bad("a wrong check digit", BadApplicationsStory::withWrongCheckDigit, "BAD_NUMBER"),
            new Bad(
                    "a region in no form",
                    good -> good.replace("\"region\":\"370800\"", "\"region\":\"济宁\""),
                    "INVALID_REQUEST"),
            new Bad("NUL escaped", good -> named(good, "\\u0000"), "UNREADABLE_TEXT"),
            new Bad("NUL itself", good -> named(good, "\0"), "UNREADABLE_TEXT"),
            new Bad("half a surrogate pair", good -> named(good, "\\ud83d"), "UNREADABLE_TEXT"),
            new Bad("the other half", good -> named(good, "\\ude00"), "UNREADABLE_TEXT"),
            new Bad("writing turned round", good -> named(good, "\u202e"), "UNREADABLE_TEXT"),
            new Bad("a byte order mark", good -> "\ufeff" + good, "UNREADABLE_TEXT"));

    @BeforeAll
    static void somebodyElseHasACase() {
        sandbox = Platform.shared();
        evidence = new Evidence(sandbox);
        knock = new Knock(sandbox);
        var persons = Cases.movers(sandbox, 2, SampleRegion.JINING, SampleRegion.CHANGSHA);
        person = persons.get(0);
        other = Cases.movers(sandbox, 1, SampleRegion.SHIJIAZHUANG, SampleRegion.CHANGSHA)
                .getFirst();
        othersCase = Cases.apply(sandbox, other, SampleRegion.SHIJIAZHUANG, SampleRegion.CHANGSHA);
        othersCase.awaitOut("HELD");
        Cases.isQuiet(sandbox);
        said = Said.fromNowOn();
    }

    @AfterAll
    static void noLogKnowsWhoTheyAre() throws IOException {
        said.end();
        for (var somebody : List.of(person, other)) {
            var number = somebody.certificate().number();
            said.namesNobody(number, somebody.name());
            said.namesNobody(wrongCheckDigit(number), somebody.name());
            Said.filesNameNobody(sandbox.data().path(), number);
        }
    }

    @BeforeEach
    void lookAtTheTables() {
        before = kept();
    }

    @AfterEach
    void nothingIsKept() {
        assertThat(kept()).isEqualTo(before);
    }

    @ParameterizedTest
    @FieldSource("SPOILT")
    void isRefusedAndLeavesNothing(Bad bad) {
        var reply = knock.post(
                Knock.user(person),
                APPLY,
                bad.spoil().apply(good(person)),
                "bad-" + bad.what().replace(' ', '-'));

        reply.isProblem(400, bad.code());
        assertThat(reply.body()).doesNotContain(person.certificate().number(), person.name());
    }

    @Test
    void textThatIsNoUtf8IsRefused() {
        var bytes = good(person).getBytes(java.nio.charset.Charset.forName("GB18030"));

        knock.exchange(knock.request(Knock.user(person), APPLY)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "bad-gb18030")
                        .POST(BodyPublishers.ofByteArray(bytes)))
                .isProblem(400, "UNREADABLE_TEXT");
    }

    @Test
    void otherFormatsAreRefused() {
        for (var type : List.of("text/plain", "application/xml", "multipart/form-data; boundary=x")) {
            knock.exchange(knock.request(Knock.user(person), APPLY)
                            .header("Content-Type", type)
                            .header("Idempotency-Key", "bad-format-" + type.length())
                            .POST(BodyPublishers.ofString(good(person))))
                    .isProblem(415, "UNSUPPORTED_MEDIA_TYPE");
        }
    }

    /** The answer comes when the limit is passed, not when everything has come. */
    @Test
    void thirtyMegabytesWithoutAnnouncedLengthAreNotTakenIn() throws Exception {
        var address = sandbox.addresses().gateway();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            socket.setSoTimeout(30_000);
            var answer = CompletableFuture.supplyAsync(() -> readAll(socket));
            var out = socket.getOutputStream();
            out.write(("POST " + APPLY + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\nAuthorization: Bearer "
                            + sandbox.door().token(Knock.user(person))
                            + "\r\nContent-Type: application/json\r\nIdempotency-Key: bad-large\r\n"
                            + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            var chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            out.write(chunk);
            out.write(chunk);
            boolean isTakenIn = sends(out, chunk, 30 * 16 - 2);

            assertThat(answer.get(30, TimeUnit.SECONDS))
                    .startsWith("HTTP/1.1 413")
                    .contains("application/problem+json", "BODY_TOO_LARGE", "上限。");
            assertThat(isTakenIn).isFalse();
        }
    }

    @Nested
    class SomebodyElse {
        @Test
        void cannotBeAppliedFor() {
            knock.post(Knock.user(person), APPLY, good(other), "bad-not-mine").isProblem(403, "NOT_YOURS");
        }

        @Test
        void hasACaseThatLooksLikeNone() {
            var none = CaseNumber.random(SampleRegion.CHANGSHA.code(), 2026, new Random(4711));
            for (var path : List.of("", "/withdrawal")) {
                var method = path.isEmpty() ? "GET" : "POST";
                var real = knock.ask(Knock.user(person), method, "/api/v1/transfers/" + othersCase.number() + path);
                var random = knock.ask(Knock.user(person), method, "/api/v1/transfers/" + none + path);

                real.isProblem(404, "NOT_FOUND");
                assertThat(real).isEqualTo(random);
            }
        }

        @Test
        void isNoConcernOfAThirdRegionsClerk() {
            var clerk = "clerk-" + SampleRegion.HANGZHOU.code();
            var number = othersCase.number();

            knock.ask(clerk, "GET", "/api/v1/transfers/" + number).isProblem(404, "NOT_FOUND");
            knock.ask(clerk, "GET", desk(SampleRegion.HANGZHOU, "in", number)).isProblem(404, "NOT_FOUND");
            knock.ask(clerk, "GET", desk(SampleRegion.HANGZHOU, "out", number)).isProblem(404, "NOT_FOUND");
            knock.post(clerk, APPLY, good(person), "bad-third-clerk").isProblem(403, "FORBIDDEN");
        }

        @Test
        void isToldNothingAtAnotherRegionsDesk() {
            var clerk = "clerk-" + SampleRegion.HANGZHOU.code();
            var none = CaseNumber.random(SampleRegion.CHANGSHA.code(), 2026, new Random(4711))
                    .value();
            for (var desk : List.of("in", "out")) {
                var region = desk.equals("in") ? SampleRegion.CHANGSHA : SampleRegion.SHIJIAZHUANG;
                var work = desk.equals("in") ? "/confirmation" : "/issue";
                var seen = knock.ask(clerk, "GET", desk(region, desk, othersCase.number()));
                var done = knock.ask(clerk, "POST", desk(region, desk, othersCase.number()) + work);

                assertThat(seen.status()).isIn(403, 404);
                assertThat(done.status()).isIn(403, 404);
                assertThat(seen).isEqualTo(knock.ask(clerk, "GET", desk(region, desk, none)));
                assertThat(done).isEqualTo(knock.ask(clerk, "POST", desk(region, desk, none) + work));
            }
        }

        private static String desk(SampleRegion region, String side, String number) {
            return "/api/v1/agency/" + region.code() + "/transfers-" + side + "/" + number;
        }
    }

    @Nested
    class Regions {
        @Test
        void thatReceiveAndAreNotOnThePlatformAreNotFound() {
            for (var region : List.of("110000", "999999", "4301ZZ", "xx")) {
                knock.post(
                                Knock.user(person),
                                "/api/v1/regions/" + region + "/transfers",
                                good(person),
                                "bad-" + region)
                        .isProblem(404, "NOT_FOUND");
            }
        }
    }

    @Nested
    class IdempotencyKeys {
        @Test
        void areRequired() {
            knock.post(Knock.user(person), APPLY, good(person), null).isProblem(400, "IDEMPOTENCY_KEY_REQUIRED");
        }

        @Test
        void haveAForm() {
            knock.post(Knock.user(person), APPLY, good(person), "x".repeat(129))
                    .isProblem(400, "IDEMPOTENCY_KEY_MALFORMED");
            knock.post(Knock.user(person), APPLY, good(person), "two words")
                    .isProblem(400, "IDEMPOTENCY_KEY_MALFORMED");
        }

        @Test
        void keepTheirAnswerAndTakeNoOtherBody() {
            var spoilt = withWrongCheckDigit(good(person));
            var first = knock.post(Knock.user(person), APPLY, spoilt, "bad-then-good");
            first.isProblem(400, "BAD_NUMBER");

            assertThat(knock.post(Knock.user(person), APPLY, spoilt, "bad-then-good"))
                    .isEqualTo(first);
            knock.post(Knock.user(person), APPLY, good(person), "bad-then-good")
                    .isProblem(422, "IDEMPOTENCY_KEY_REUSED");
        }
    }

    private static List<String> kept() {
        return Stream.of(
                        digests("transfer_in", "transfer_case", "step", "task"),
                        digests("registry", "reservation", "case_index", "case_step"))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> digests(String database, String... tables) {
        return evidence.query(
                database,
                Stream.of(tables)
                        .map(table -> "select '" + table + " ' || count(*) || ' '"
                                + " || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from " + table
                                + " t")
                        .collect(Collectors.joining(" union all ")));
    }

    private static String good(SamplePerson somebody) {
        return Knock.application(somebody, SampleRegion.JINING);
    }

    private static String with(String good, String field, String json) {
        var spoilt = good.replaceFirst(
                "\"" + field + "\":(\"[^\"]*\"|\\{[^}]*})",
                java.util.regex.Matcher.quoteReplacement("\"" + field + "\":" + json));
        assertThat(spoilt).isNotEqualTo(good);
        return spoilt;
    }

    private static String named(String good, String more) {
        return good.replace("\"name\":\"", "\"name\":\"" + more);
    }

    private static String withWrongCheckDigit(String good) {
        var number = person.certificate().number();
        return good.replace(number, wrongCheckDigit(number));
    }

    private static String wrongCheckDigit(String number) {
        return number.substring(0, 17) + (number.endsWith("1") ? "2" : "1");
    }

    private static boolean sends(java.io.OutputStream out, byte[] chunk, int times) {
        try {
            for (int i = 0; i < times; i++) {
                out.write(chunk);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String readAll(Socket socket) {
        var text = new StringBuilder();
        var bytes = new byte[4096];
        try {
            for (int n = socket.getInputStream().read(bytes);
                    n >= 0;
                    n = socket.getInputStream().read(bytes)) {
                text.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // The gateway has hung up; what it said before is here.
            return text.toString();
        }
        return text.toString();
    }
}
