package org.jiexu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Logging in, staying in, being somebody else. */
@WithBrowser
class SessionStory {

    @Test
    void comesBackToThePageThatWasAskedForAndOutlivesAReload() {
        try (var browser = Browser.open(1366, 768)) {
            browser.logIn("auditor");
            browser.go("/cases?status=COMPLETED");
            browser.run("location.reload()");

            browser.awaitText("h1", "办件列表");
            assertThat(browser.url()).endsWith("#/cases?status=COMPLETED");
            // Nothing of it outlives the tab.
            assertThat(browser.run("return Object.keys(localStorage).join()")).isEqualTo("");
            assertThat(browser.run("return document.cookie")).isEqualTo("");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void renewsItselfWithoutBeingNoticed() {
        try (var browser = Browser.open(1366, 768).logIn("operator")) {
            var before = browser.run("return JSON.parse(sessionStorage['jiexu.console.session']).access");
            var renewed = browser.run(
                    "return import(document.querySelector('script[type=module]').src.replace('main.js', 'session.js'))"
                            + ".then(session => session.renew())");

            assertThat(renewed).isEqualTo(true);
            assertThat(browser.run("return JSON.parse(sessionStorage['jiexu.console.session']).access"))
                    .isNotEqualTo(before);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void asksAgainWhenItsTimeIsOver() {
        try (var browser = Browser.open(1366, 768).logIn("operator")) {
            browser.go("/cases");
            browser.run(
                    "return import(document.querySelector('script[type=module]').src.replace('main.js', 'session.js'))"
                            + ".then(session => session.expire())");
            browser.awaitText(".ant-modal", "登录已到期");
            browser.shoot("1366-zh-expired");
            browser.click(".ant-modal button", "重新登录");

            browser.awaitText("h1", "办件列表");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void letsOneBeSomebodyElse() {
        try (var browser = Browser.open(1366, 768).logIn("operator")) {
            browser.click("button.who", "全国");
            browser.click(".ant-dropdown-menu-item", "退出并切换身份");
            browser.find("button[data-user='clerk-430100']").click();

            browser.awaitText("button.who", "长沙");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
