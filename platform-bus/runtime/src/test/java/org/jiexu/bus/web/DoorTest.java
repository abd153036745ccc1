package org.jiexu.bus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class DoorTest {
    private static final TestDoor DOOR = TestDoor.shared();

    /** Of no county: nobody's number. */
    private static final String NUMBER = "999999199001011234";

    private static final String PERSON = "\"person\":{\"certificateNumber\":\"" + NUMBER + "\",\"name\":\"张三\"}";

    private static TestDoor.Answer note(String rest) {
        return DOOR.post("/api/v1/notes", "{" + PERSON + rest + "}");
    }

    @Nested
    class Json {
        @Test
        void isTakenWhenItIsClear() {
            var answer =
                    note(",\"months\":3,\"agreed\":true,\"on\":\"2026-09-14\",\"amount\":\"1.23\",\"measured\":1.5");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("seen").asString()).isEqualTo("2026-09-14");
            assertThat(answer.json().has("absent")).isFalse();
        }

        /** quality.md §6, A11, A12, A16: each line is a request that plain Boot, or plain JSON, would let through. */
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            ,"months":1,"agreed":true,"status":"DONE"           | UNKNOWN_PROPERTY | status
            ,"months":1,"agreed":true,"amount":"1.23","amount":"9.99" | DUPLICATE_KEY |
            ,"months":"1","agreed":true                         | UNREADABLE_VALUE | months
            ,"months":1.5,"agreed":true                         | UNREADABLE_VALUE | months
            ,"months":null,"agreed":true                        | INVALID_REQUEST  | months
            ,"agreed":true                                      | INVALID_REQUEST  | months
            ,"months":99999999999,"agreed":true                 | UNREADABLE_VALUE | months
            ,"months":1,"agreed":1                              | UNREADABLE_VALUE | agreed
            ,"months":1,"agreed":"true"                         | UNREADABLE_VALUE | agreed
            ,"months":1,"agreed":true,"note":5                  | UNREADABLE_VALUE | note
            ,"months":1,"agreed":true,"note":true               | UNREADABLE_VALUE | note
            ,"months":1,"agreed":true,"region":370800           | UNREADABLE_VALUE | region
            ,"months":1,"agreed":true,"region":"济宁"             | UNREADABLE_VALUE | region
            ,"months":1,"agreed":true,"scheme":"999"            | UNREADABLE_VALUE | scheme
            ,"months":1,"agreed":true,"amount":1.23             | UNREADABLE_VALUE | amount
            ,"months":1,"agreed":true,"amount":"1.234"          | UNREADABLE_VALUE | amount
            ,"months":1,"agreed":true,"amount":"１.00"           | UNREADABLE_VALUE | amount
            ,"months":1,"agreed":true,"amount":"NaN"            | UNREADABLE_VALUE | amount
            ,"months":1,"agreed":true,"on":"2026-02-30"         | UNREADABLE_VALUE | on
            ,"months":1,"agreed":true,"on":20000                | UNREADABLE_VALUE | on
            ,"months":1,"agreed":true,"on":[2026,9,14]          | UNREADABLE_VALUE | on
            ,"months":1,"agreed":true,"measured":1e1000000      | INVALID_REQUEST  | measured
            ,"months":1,"agreed":true,"measured":1.239          | INVALID_REQUEST  | measured
            ,"months":1,"agreed":true,"measured":NaN            | BROKEN_JSON      |
            ,"months":1,"agreed":true,                          | BROKEN_JSON      |
            ,"months":1,"agreed":true,"note":"\\u0000"          | UNREADABLE_TEXT  |
            ,"months":1,"agreed":true,"note":"\\ud83d"          | UNREADABLE_TEXT  |
            ,"months":1,"agreed":true,"note":"\\ude00\\ud83d"   | UNREADABLE_TEXT  |
            ,"months":1,"agreed":true,"note":"\\u202e"          | UNREADABLE_TEXT  |
            ,"months":1,"agreed":true,"note":"\\x"              | BROKEN_JSON      |
            """)
        void isRefusedWithACode(String rest, String code, @Nullable String field) {
            var answer = note(rest);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
            assertThat(answer.code()).isEqualTo(code);
            assertThat(answer.json().path("type").asString()).isEqualTo("/problems/" + code);
            assertThat(answer.json().path("title").asString()).isEqualTo("请求有误");
            if (field != null) {
                assertThat(answer.json().path("errors").path(0).path("field").asString())
                        .isEqualTo(field);
            }
            assertThat(answer.body()).doesNotContain(NUMBER);
        }

        @ParameterizedTest
        @CsvSource({
            "'{} {}', TRAILING_CONTENT",
            "'{} x', BROKEN_JSON",
            "'', BODY_MISSING",
            "null, BODY_MISSING",
            "'[', UNREADABLE_VALUE",
            "'{', BROKEN_JSON"
        })
        void isOneWholeObject(String body, String code) {
            var answer =
                    DOOR.post("/api/v1/notes", body.replace("{}", "{" + PERSON + ",\"months\":1,\"agreed\":true}"));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo(code);
        }

        @Test
        void isNotDeep() {
            var answer = note(",\"note\":" + "[".repeat(5000) + "]".repeat(5000));

            assertThat(answer.status()).isEqualTo(400);
        }

        @Test
        void isUtf8WithoutAMark() {
            var good = "{" + PERSON + ",\"months\":1,\"agreed\":true,\"note\":\"😀 \\ud83d\\ude00 \\\\u0000\"}";
            assertThat(DOOR.post("/api/v1/notes", good).status()).isEqualTo(200);
            assertThat(raw("\uFEFF" + good, StandardCharsets.UTF_8).code()).isEqualTo("UNREADABLE_TEXT");
            assertThat(raw(good, StandardCharsets.UTF_16LE).code()).isEqualTo("UNREADABLE_TEXT");
            assertThat(raw(good.replace("😀", "\u00ff"), StandardCharsets.ISO_8859_1)
                            .code())
                    .isEqualTo("UNREADABLE_TEXT");
        }

        private TestDoor.Answer raw(String text, Charset charset) {
            return DOOR.send(DOOR.authorised("/api/v1/notes")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(text.getBytes(charset))));
        }
    }

    @Nested
    class Validation {
        @Test
        void namesEachFieldAndSaysInChineseWhatIsWrong() {
            var answer = DOOR.post(
                    "/api/v1/notes",
                    "{\"person\":{\"certificateNumber\":\"" + NUMBER
                            + "9999999999999\",\"name\":\" \"},\"months\":1,\"agreed\":true}");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
            assertThat(answer.json()
                            .path("errors")
                            .valueStream()
                            .map(error -> error.path("field").asString() + " "
                                    + error.path("code").asString() + " "
                                    + error.path("message").asString()))
                    .containsExactlyInAnyOrder(
                            "person.certificateNumber SIZE 个数必须在0和30之间", "person.name NOT_BLANK 不能为空");
        }

        @Test
        void ofWhatIsMissingSaysSo() {
            var answer = DOOR.post("/api/v1/notes", "{\"months\":1,\"agreed\":true}");

            assertThat(answer.json().path("errors").path(0).path("field").asString())
                    .isEqualTo("person");
            assertThat(answer.json().path("errors").path(0).path("message").asString())
                    .isEqualTo("必须填写");
        }

        @ParameterizedTest
        @CsvSource({
            "/api/v1/regions/43010x?on=2026-09-14, region, UNREADABLE_VALUE",
            "/api/v1/regions/430100?on=yesterday, on, UNREADABLE_VALUE",
            "/api/v1/regions/430100, on, REQUIRED",
            "/api/v1/things/1%20or%201=1, id, UNREADABLE_VALUE",
            "/api/v1/numbers?limit=0, limit, INVALID_PARAMETER",
            "/api/v1/numbers?limit=201, limit, INVALID_PARAMETER",
            "/api/v1/numbers?limit=-1, limit, INVALID_PARAMETER"
        })
        void alsoOfPathAndQuery(String path, String field, String code) {
            var answer = DOOR.get(path);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("errors").path(0).path("field").asString())
                    .isEqualTo(field);
            assertThat(answer.json().path("errors").path(0).path("code").asString())
                    .isEqualTo(code);
        }

        @ParameterizedTest
        @CsvSource({"/api/v1/numbers?after=%00", "/api/v1/numbers?after=%ff", "/api/v1/numbers?after=%e2%80%ae"})
        void refusesTextThatNobodyTypes(String path) {
            assertThat(DOOR.get(path).code()).isEqualTo("UNREADABLE_TEXT");
        }
    }

    @Nested
    class OtherErrors {
        @Test
        void areProblemsToo() {
            assertThat(DOOR.get("/api/v1/nowhere").status()).isEqualTo(404);
            assertThat(DOOR.get("/api/v1/nowhere").body())
                    .isEqualTo(DOOR.get("/api/v1/things/999999").body());
            assertThat(DOOR.send(DOOR.authorised("/api/v1/me").DELETE()).code()).isEqualTo("METHOD_NOT_ALLOWED");
            assertThat(DOOR.send(DOOR.authorised("/api/v1/me").DELETE()).header("Allow"))
                    .isEqualTo("GET");
            assertThat(DOOR.send(DOOR.authorised("/api/v1/notes")
                                    .header("Content-Type", "text/xml")
                                    .POST(BodyPublishers.ofString("<a/>")))
                            .code())
                    .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
            var xml = DOOR.send(DOOR.authorised("/api/v1/nowhere").header("Accept", "application/xml"));
            assertThat(xml.contentType()).isEqualTo("application/problem+json");
        }

        @Test
        void thatNobodyForesawGiveANumberAndNothingElse() {
            var answer = note(",\"months\":1,\"agreed\":true,\"note\":\"break\"");

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.code()).isEqualTo("UNFORESEEN");
            assertThat(answer.json().path("incident").asString()).matches("[0-9A-F]{12}");
            assertThat(answer.body()).doesNotContain(NUMBER).doesNotContain("Exception");
        }

        @Test
        void ofTwoAtOnceAreConflicts() {
            var answer = note(",\"months\":1,\"agreed\":true,\"note\":\"stale\"");

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.code()).isEqualTo("CHANGED_MEANWHILE");
        }

        @Test
        void carryWhatTheControllerAdds() {
            var answer = note(",\"months\":1,\"agreed\":true,\"note\":\"refuse\"");

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().path("number").asString()).isEqualTo("N-1");
        }
    }

    @Nested
    class Size {
        private static final int LIMIT = 64 * 1024;

        @Test
        void isLimitedWhateverTheClientAnnounces() {
            var large = "{" + PERSON + ",\"months\":1,\"agreed\":true,\"note\":\"" + "a".repeat(LIMIT) + "\"}";
            var announced = DOOR.post("/api/v1/notes", large);
            var chunked = DOOR.send(DOOR.authorised("/api/v1/notes")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofInputStream(
                            () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))));

            assertThat(announced.status()).isEqualTo(413);
            assertThat(announced.code()).isEqualTo("BODY_TOO_LARGE");
            assertThat(chunked.status()).isEqualTo(413);
            assertThat(chunked.contentType()).isEqualTo("application/problem+json");
        }

        @Test
        void isLargerForImports() {
            var rows = "[\"" + "a".repeat(LIMIT) + "\"]";

            assertThat(DOOR.post("/api/v1/agency/430100/participation/import", rows)
                            .body())
                    .isEqualTo("1");
        }

        @Test
        void cannotBeHiddenByCompression() {
            var answer = DOOR.send(DOOR.authorised("/api/v1/notes")
                    .header("Content-Type", "application/json")
                    .header("Content-Encoding", "gzip")
                    .POST(BodyPublishers.ofByteArray(new byte[10])));

            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.code()).isEqualTo("ENCODING_NOT_SUPPORTED");
        }
    }

    @Nested
    class Pages {
        @Test
        void followOneAnother() {
            var first = DOOR.get("/api/v1/numbers");
            var second = DOOR.get(
                    "/api/v1/numbers?after=" + first.json().path("next").asString());
            var third = DOOR.get(
                    "/api/v1/numbers?after=" + second.json().path("next").asString());

            assertThat(first.json().path("items").size()).isEqualTo(PageRequest.DEFAULT);
            assertThat(third.json().path("items").size()).isEqualTo(20);
            assertThat(third.json().has("next")).isFalse();
        }
    }

    @Nested
    class Trace {
        @Test
        void goesOnFromTheCaller() {
            var trace = "0af7651916cd43dd8448eb211c80319c";
            var answer = ping("00-" + trace + "-b7ad6b7169203331-01");

            assertThat(answer).startsWith("00-" + trace + "-").doesNotContain("b7ad6b7169203331");
        }

        @Test
        void beginsAnewWhenItCannotBeRead() {
            assertThat(ping("00-evil\"-1")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        }

        private String ping(String traceparent) {
            return DOOR.send(DOOR.request("/internal/ping")
                            .header("Authorization", "Bearer " + DOOR.issuer.service())
                            .header("traceparent", traceparent))
                    .body();
        }
    }

    /** quality.md A26, A27: whatever comes in, the log says nothing about the person. */
    @Test
    void logsNothingOfWhatItWasSent() {
        var lines = recorded(() -> {
            for (var rest : List.of(
                    ",\"months\":\"" + NUMBER + "\"",
                    ",\"" + NUMBER + "\":1",
                    ",\"months\":1,\"agreed\":true,\"on\":\"" + NUMBER + "\"",
                    ",\"months\":1,\"agreed\":true,\"region\":\"" + NUMBER + "\"",
                    ",\"months\":1,\"agreed\":true,\"note\":\"break\"",
                    ",\"months\":1,\"agreed\":true,\"note\":\"stale\"",
                    ",\"months\":1,\"agreed\":true,\"note\":\"" + NUMBER + "\\u0000\"",
                    ",\"months\":1,\"agreed\":true,\"measured\":" + NUMBER + ".123",
                    ",,")) {
                note(rest);
            }
            DOOR.get("/api/v1/things/" + NUMBER + "x");
            DOOR.get("/api/v1/" + NUMBER);
            DOOR.get("/api/v1/numbers?limit=" + NUMBER);
            DOOR.get("/api/v1/numbers?after=" + NUMBER);
            DOOR.get("//" + NUMBER);
            DOOR.send(DOOR.authorised("/api/v1/" + NUMBER).method(NUMBER, BodyPublishers.noBody()));
            DOOR.send(DOOR.request("/api/v1/me").header("Authorization", "Bearer " + NUMBER));
        });

        assertThat(lines).anyMatch(line -> line.contains("unforeseen, incident"));
        assertThat(lines).noneMatch(line -> line.contains(NUMBER)).noneMatch(line -> line.contains("张三"));
    }

    private static List<String> recorded(Runnable work) {
        var appender = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        appender.start();
        root.addAppender(appender);
        try {
            work.run();
        } finally {
            root.detachAppender(appender);
        }
        var lines = new ArrayList<String>();
        for (var event : List.copyOf(appender.list)) {
            lines.add(event.getFormattedMessage());
            for (IThrowableProxy proxy = event.getThrowableProxy(); proxy != null; proxy = proxy.getCause()) {
                lines.add(String.valueOf(proxy.getMessage()));
            }
        }
        return lines;
    }
}
