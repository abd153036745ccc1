package org.jiexu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.jiexu.sandbox.sample.SampleRegion;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The days pass while 石家庄 does nothing, and the console shows what comes of it. After the others: they want today. */
@WithBrowser
@Order(Integer.MAX_VALUE)
class ClockStory {
    private static final long SEED = 882_001;

    @Test
    @Tag("R4.6")
    void aPauseIsSeenWhileItLasts() {
        var transfer = SampleCases.file(SEED, SampleRegion.SHIJIAZHUANG, SampleRegion.CHANGSHA);
        transfer.awaitOut("HELD");
        try (var browser = Browser.open(1366, 768).logIn("clerk-130100")) {
            browser.go("/tasks");
            browser.click(".grid-row", transfer.number());
            browser.awaitText(".desk", "已冻结待开具");
            browser.click(".desk button", "暂停计时");
            browser.find(".ant-modal textarea").sendKeys("请补充转出申请");
            browser.click(".ant-modal .ant-btn-primary", "");
            browser.awaitText(".desk button", "恢复计时");
            browser.shoot("clock-1-paused");
            browser.go("/deadlines?state=PAUSED");
            browser.awaitText(".grid-row", transfer.number());
            browser.awaitText(".grid-row", "请补充转出申请");

            browser.go("/tasks");
            browser.click(".grid-row", transfer.number());
            browser.click(".desk button", "恢复计时");

            browser.awaitText(".desk button", "暂停计时");
            browser.go("/deadlines?state=PAUSED");
            browser.awaitNo(".grid-row", transfer.number());
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    @Tag("R4.7")
    void whatNobodyDoesIsWarnedOfThenMissedThenEscalated() {
        var transfer = SampleCases.file(SEED + 1, SampleRegion.SHIJIAZHUANG, SampleRegion.CHANGSHA);
        transfer.awaitOut("HELD");
        try (var browser = Browser.open(1920, 1080).logIn("operator")) {
            moves(browser, "+10 工作日");
            shows(browser, "AT_RISK", transfer.number());
            shows(browser, "MISSED", null);

            moves(browser, "+1 工作日");
            shows(browser, "MISSED", transfer.number());
            browser.shoot("clock-2-missed");
            shows(browser, "ESCALATED", null);

            moves(browser, "+5 工作日");
            shows(browser, "ESCALATED", transfer.number());
            browser.shoot("clock-3-escalated");
            browser.go("/heat");
            browser.awaitText(".heat-table", "石家庄");
            browser.shoot("clock-4-heat");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void moves(Browser browser, String by) {
        browser.go("/sandbox");
        String before = browser.find(".clock-big").getText();
        browser.click("button", by);
        browser.awaitNo(".clock-big", before);
        browser.awaitText("button:not([disabled])", by);
    }

    /** Of 石家庄's own; null: none. */
    private static void shows(Browser browser, String state, @org.jspecify.annotations.Nullable String number) {
        browser.go("/deadlines?region=130100&kind=ISSUE&state=" + state);
        if (number == null) {
            browser.awaitText(".grid", state.equals("MISSED") ? "没有逾期" : "没有符合条件的期限");
        } else {
            browser.awaitText(".grid-row", number);
        }
    }
}
