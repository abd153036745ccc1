package org.jiexu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jiexu.sandbox.sample.SampleRegion;
import org.junit.jupiter.api.Test;

/** 石家庄's people take a transfer in and a transfer out through the console, as every day. */
@WithBrowser
class ClerkStory {
    private static final long SEED = 881_001;

    @Test
    void issuesASheetAndLeavesTheRestToTheOtherRegion() {
        var transfer = SampleCases.file(SEED, SampleRegion.SHIJIAZHUANG, SampleRegion.CHANGSHA);
        transfer.awaitOut("HELD");
        try (var browser = Browser.open(1366, 768).logIn("clerk-130100")) {
            browser.go("/tasks");
            browser.click(".grid-row", transfer.number());
            browser.awaitText(".desk", "已冻结待开具");
            browser.shoot("clerk-1-issue");
            browser.click(".desk button", "开具信息表");
            browser.click(".ant-modal-confirm .ant-btn-primary", "");

            browser.awaitNo(".grid-row", transfer.number());
            transfer.await("COMPLETED");
            browser.go("/cases/" + transfer.number());
            browser.awaitText(".case-head", "已办结");
            browser.awaitText(".lanes", "开具信息表");
            browser.click("button", "为什么是这一天");
            browser.awaitText(".why", "24:00");
            browser.shoot("clerk-2-why-this-date");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void returnsASheetAndBooksTheCorrectedOne() {
        var transfer = SampleCases.file(SEED + 1, SampleRegion.XIANGTAN, SampleRegion.SHIJIAZHUANG);
        transfer.await("RECEIVED");
        try (var browser = Browser.open(1366, 768).logIn("clerk-130100")) {
            browser.go("/tasks");
            browser.click(".grid-row", transfer.number());
            browser.awaitText(".sheet", "第 1 版");
            browser.click(".desk button", "退回");
            browser.click(".ant-modal label", "缴费月数与参保人提供的记录不一致");
            browser.shoot("clerk-3-return");
            browser.click(".ant-modal button.ant-btn-primary", "退回");
            transfer.awaitOut("RETURNED");
            assertThat(transfer.correct().status()).isEqualTo(200);
            transfer.await("RECEIVED");

            browser.click(".grid-row", transfer.number());
            browser.awaitText(".sheet", "第 2 版");
            browser.shoot("clerk-4-two-versions");
            browser.click(".desk button", "核对无误，登记");
            browser.click(".ant-modal-confirm .ant-btn-primary", "");
            browser.awaitNo(".grid-row", transfer.number());
            assertThat(transfer.await("COMPLETED").path("state").asString()).isEqualTo("COMPLETED");
            browser.go("/cases/" + transfer.number() + "?tab=sheets");
            browser.awaitText(".sheet", "第 2 版");
            browser.go("/cases/" + transfer.number() + "?tab=money");
            browser.awaitText("table", transfer.number() + "-1");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** What people write is shown as they wrote it (A23). */
    @Test
    void readsMarkupAsText() {
        var transfer = SampleCases.file(SEED + 2, SampleRegion.JINING, SampleRegion.SHIJIAZHUANG);
        transfer.await("RECEIVED");
        var markup = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>{{7*7}}";
        RunningConsole.sandbox()
                .door()
                .create(
                        "person-" + transfer.person().person(),
                        "/api/v1/transfers/" + transfer.number() + "/reminders",
                        Map.of("kind", "REMINDER", "text", markup),
                        "markup-" + SEED)
                .expect(201);
        try (var browser = Browser.open(1366, 768).logIn("clerk-130100")) {
            browser.go("/tasks");
            browser.click(".grid-row", "答复催办投诉");
            browser.awaitText(".note", markup);
            browser.shoot("clerk-5-markup-is-text");

            assertThat(browser.run("return document.title")).isEqualTo("接续 · 运营控制台");
            assertThat(browser.all("main img, main script")).isEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
