package org.jiexu.transferin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferin.NewRegion.CHANGSHA;
import static org.jiexu.transferin.NewRegion.HANGZHOU;
import static org.jiexu.transferin.NewRegion.until;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.transferin.postgres.ListStore;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** 单位名单 — many persons at once (R1.5). */
@Tag("R1.5")
@Tag("43-art-5")
class EmployerListStory {
    private static final String PATH = "/api/v1/regions/430100/transfer-batches";
    private static final String HEADER = "证件类型,证件号码,姓名,转出地,转出险种,转移原因,承诺书版本\n";

    private final NewRegion here = NewRegion.shared();

    @Test
    void isWorkedOffThroughCutsAStopAndBySeveralWorkersAndNobodyIsAppliedForTwice() {
        var uscc = "91430100LISTALL001";
        var token = here.tokens.employer(uscc);
        var worker = here.bean(WorkOffLists.class);
        here.bean(CrashPoints.class).arm("transfer-in.list-line-applied", 20, () -> {
            throw new IllegalStateException("cut off before the line was marked");
        });

        var taken = here.postList(PATH, list(1_000, 400), token, "list-all-1");
        until(() -> here.get(path(taken), token).body().path("accepted").asInt() >= 50);
        worker.stop();
        int stopped = here.get(path(taken), token).body().path("waiting").asInt();
        var second = anotherWorker();
        second.start();
        worker.start();
        until(() -> here.get(path(taken), token).body().path("state").asString().equals("DONE"));
        second.stop();
        here.bean(CrashPoints.class).disarm();

        assertThat(taken.status()).isEqualTo(202);
        assertThat(stopped).isPositive();
        var done = here.get(path(taken), token).body();
        assertThat(List.of(
                        count(done, "lines"), count(done, "accepted"), count(done, "refused"), count(done, "faulty")))
                .containsExactly(400, 396, 4, 0);
        assertThat(cases("count(*)", uscc)).isEqualTo(400);
        assertThat(cases("count(distinct certificate_number)", uscc)).isEqualTo(400);
        assertThat(here.jdbc()
                        .sql("select count(*) from transfer_batch_line where batch = :id and certificate_number is"
                                + " not null")
                        .param("id", done.path("id").asString())
                        .query(Integer.class)
                        .single())
                .isZero();
        var result = here.text(path(taken) + "/result", token).split("\r\n");
        assertThat(result).hasSize(401);
        assertThat(result[0]).isEqualTo("\uFEFFline,number,result,status,codes,message,remedy");
        assertThat(result[2]).matches("3,430100-26-[0-9A-Z]{8}-[0-9A-Z],ACCEPTED,已受理,,,");
        assertThat(result[100])
                .matches("101,430100-26-[0-9A-Z]{8}-[0-9A-Z],REFUSED,不予受理,STILL_INSURED_THERE \\| NOT_INSURED_HERE,"
                        + "转出地尚未中止参保 \\| 转入地未参保,请先暂停参保 \\| 请先参保登记");
    }

    @Test
    void aFaultyListStartsNothingUnlessItsFaultyLinesAreToBeSkipped() {
        var token = here.tokens.employer("91430100LISTBAD001");
        var csv = (new String(list(2_000, 2), StandardCharsets.UTF_8)
                        + "01,110101199001010000,,370800,310,WORK,2026-01\n")
                .getBytes(StandardCharsets.UTF_8);
        int before = here.count("transfer_batch_line");

        var refused = here.postList(PATH, csv, token, "list-bad-1");
        int between = here.count("transfer_batch_line");
        var skipped = here.postList(PATH + "?skipFaulty=true", csv, token, "list-bad-2");
        until(() ->
                here.get(path(skipped), token).body().path("state").asString().equals("DONE"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("code").asString()).isEqualTo("FAULTY_LIST");
        assertThat(refused.body().path("faultyLines").asInt()).isEqualTo(1);
        assertThat(refused.body()
                        .path("faults")
                        .valueStream()
                        .map(fault -> fault.path("line").asInt()
                                + " " + fault.path("column").asString() + " "
                                + fault.path("code").asString()))
                .containsExactly("4 name REQUIRED", "4 certificateNumber BAD_NUMBER");
        assertThat(refused.text()).doesNotContain("110101199001010000");
        assertThat(between).isEqualTo(before);
        assertThat(skipped.status()).isEqualTo(202);
        assertThat(here.text(path(skipped) + "/result", token).split("\r\n")[3])
                .isEqualTo("4,,FAULTY,内容有误，未办理,REQUIRED | BAD_NUMBER,"
                        + "name：此项必须填写。 | certificateNumber：证件号码有误，请照证件原样核对后重新填写；电子表格中此列应设为文本格式。,请更正后另行提交");
    }

    @Test
    void theSameTextAgainIsTheSameListForThatEmployerInThatRegionOnly() {
        var employer = here.tokens.employer("91430100LISTSAME01");
        var csv = list(3_000, 1);

        var first = here.postList(PATH, csv, employer, "list-same-1");
        var replayed = here.postList(PATH, csv, employer, "list-same-1");
        var again = here.postList(PATH, csv, employer, "list-same-2");
        var elsewhere = here.postList("/api/v1/regions/330100/transfer-batches", csv, employer, "list-same-3");
        var others = here.postList(PATH, csv, here.tokens.employer("91430100LISTSAME02"), "list-same-4");

        assertThat(replayed.text()).isEqualTo(first.text());
        assertThat(again.status()).isEqualTo(200);
        assertThat(id(again)).isEqualTo(id(first));
        assertThat(elsewhere.status()).isEqualTo(202);
        assertThat(List.of(id(elsewhere), id(others))).doesNotContain(id(first)).doesNotHaveDuplicates();
        assertThat(here.get(PATH + "?limit=1", employer).body().path("items").size())
                .isEqualTo(1);
        assertThat(here.get(PATH, employer)
                        .body()
                        .path("items")
                        .valueStream()
                        .map(list -> list.path("id").asString()))
                .containsExactly(id(first));
    }

    @Test
    void othersListsAreNotFoundAndNobodyElseHandsOneIn() {
        var employer = here.tokens.employer("91430100LISTMINE01");
        var taken = here.postList(PATH, list(4_000, 1), employer, "list-mine-1");
        var person = here.somebody(CHANGSHA).token();

        assertThat(here.get(path(taken), here.tokens.employer("91430100LISTMINE02"))
                        .status())
                .isEqualTo(404);
        assertThat(here.get(path(taken) + "/result", here.tokens.employer("91430100LISTMINE02"))
                        .status())
                .isEqualTo(404);
        assertThat(here.get(path(taken), here.tokens.clerk(CHANGSHA)).status()).isEqualTo(200);
        assertThat(here.get(path(taken), here.tokens.clerk(HANGZHOU)).status()).isEqualTo(404);
        assertThat(here.get(path(taken), person).status()).isEqualTo(403);
        assertThat(here.get(PATH + "/0190a6a0-0000-7000-8000-000000000000", employer)
                        .status())
                .isEqualTo(404);
        assertThat(here.postList(PATH, list(4_001, 1), person, "list-mine-2").status())
                .isEqualTo(403);
    }

    @Test
    @Tag("R2.1")
    void aListThatIsNoneIsToldAndKeepsNothing() {
        var token = here.tokens.employer("91430100LISTNONE01");
        int before = here.count("transfer_batch");

        assertThat(code(here.postList(PATH, new byte[0], token, "list-none-1"))).startsWith("400 ");
        assertThat(code(here.postList(PATH, HEADER.getBytes(StandardCharsets.UTF_8), token, "list-none-2")))
                .isEqualTo("400 EMPTY_LIST");
        assertThat(code(here.postList(PATH, "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8), token, "list-none-3")))
                .isEqualTo("400 BAD_HEADER");
        assertThat(code(here.postList(PATH, new byte[5 << 20], token, "list-none-4")))
                .isEqualTo("413 BODY_TOO_LARGE");
        assertThat(code(here.postList(PATH, list(0, 10_001), token, "list-none-5")))
                .isEqualTo("400 TOO_MANY_LINES");
        assertThat(here.count("transfer_batch")).isEqualTo(before);
    }

    private WorkOffLists anotherWorker() {
        return new WorkOffLists(
                here.bean(TransactionTemplate.class),
                here.bean(ListStore.class),
                here.bean(Apply.class),
                here.bean(ServiceIdentity.class),
                here.bean(BusinessClock.class),
                here.bean(CrashPoints.class),
                3,
                Duration.ofSeconds(5));
    }

    /** Every hundredth is refused by the registry. */
    private static byte[] list(int first, int lines) {
        var text = new StringBuilder(HEADER);
        IntStream.range(0, lines).forEach(i -> {
            int n = (first + i) % 10_000;
            var seventeen = "4399001980%02d01%03d".formatted(1 + n / 1000, n % 1000);
            var number = new Certificate(CertificateType.IDENTITY_CARD, seventeen + Certificate.checkDigit(seventeen))
                    .number();
            text.append("01,%s,%s,370800,310,WORK,2026-01\n".formatted(number, i % 100 == 99 ? "王五" : "张三"));
        });
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private int cases(String what, String uscc) {
        return here.jdbc()
                .sql("select " + what + " from transfer_case where applicant_uscc = :uscc")
                .param("uscc", uscc)
                .query(Integer.class)
                .single();
    }

    private static int count(JsonNode view, String what) {
        return view.path(what).asInt();
    }

    private static String id(NewRegion.Answer taken) {
        return taken.body().path("id").asString();
    }

    private static String path(NewRegion.Answer taken) {
        return PATH + "/" + id(taken);
    }

    private static String code(NewRegion.Answer answer) {
        return (answer.status() + " " + answer.body().path("code").asString("")).strip();
    }
}
