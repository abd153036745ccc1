package org.jiexu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every screen, for everybody who has it, in both sizes and languages: nothing fails, nothing is cut off. */
@WithBrowser
class WalkStory {
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

    /** What the address is, and a word of what must be there. */
    private static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("/overview", "办理环节"),
            Map.entry("/heat", "剩余工作日"),
            Map.entry("/deadlines", "已逾期"),
            Map.entry("/tasks", "待办"),
            Map.entry("/cases", "受理编号"),
            Map.entry("/exceptions", "挂账"),
            Map.entry("/exceptions?tab=channels", "最早未发出"),
            Map.entry("/exceptions?tab=quarantine", "隔离"),
            Map.entry("/exceptions?tab=parked", "暂存"),
            Map.entry("/money", "Σ = 0.00"),
            Map.entry("/clearing", "季度清算"),
            Map.entry("/calendar", "期限计算"),
            Map.entry("/regions", "签名密钥"),
            Map.entry("/sandbox", "业务时钟"));

    @Test
    void anOperatorSeesEveryScreenAt1366() {
        SampleCases.filed();
        try (var browser = Browser.open(1366, 768).logIn("operator")) {
            OPERATORS.forEach((path, word) -> {
                browser.go(path);
                browser.awaitText("main", word);
                fits(browser, path);
                browser.shoot("1366-zh" + name(path));
            });
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void anOperatorSeesEveryScreenInEnglishOnAWall() {
        SampleCases.filed();
        try (var browser = Browser.open(1920, 1080).logIn("operator")) {
            browser.click("button.language", "English");
            browser.awaitText("h1", "Overview");
            OPERATORS.keySet().forEach(path -> {
                browser.go(path);
                fits(browser, path);
                browser.shoot("1920-en" + name(path));
                // Names of places and papers stay Chinese; what the console itself says does not.
                var heads = browser.texts(
                        "h1, th, button, .menu a, .figure-label, [role=columnheader], .ant-segmented-item-label");
                assertThat(heads.stream()
                                .filter(text -> CHINESE.matcher(text).find())
                                .filter(text -> !text.equals("中文"))
                                .filter(text -> !isName(text)))
                        .as(path)
                        .isEmpty();
            });
            browser.click("button.language", "中文");
            browser.awaitText(".menu", "总览");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void everybodyElseSeesWhatIsTheirs() {
        SampleCases.filed();
        for (String user : List.of("auditor", "operator-430000", "clerk-430100", "reviewer-130100")) {
            try (var browser = Browser.open(1366, 768).logIn(user)) {
                var screens = browser.all(".menu a").stream()
                        .map(link ->
                                String.valueOf(link.getDomAttribute("href")).substring(1))
                        .toList();
                assertThat(screens).as(user).hasSizeGreaterThan(5).doesNotContain("/sandbox");
                screens.forEach(browser::go);
                browser.shoot("1366-zh-" + user);
                assertThat(browser.complaints()).as(user).isEmpty();
            }
        }
    }

    @Test
    void aKeyboardIsEnough() {
        SampleCases.filed();
        try (var browser = Browser.open(1366, 768).logIn("operator")) {
            browser.press("g", "c");
            browser.awaitText("h1", "办件列表");
            browser.find(".grid-row");
            browser.run("document.querySelector('.grid').focus()");
            browser.press(org.openqa.selenium.Keys.ARROW_DOWN, org.openqa.selenium.Keys.ARROW_DOWN);
            assertThat(browser.find(".grid-active").getDomAttribute("aria-rowindex"))
                    .isEqualTo("3");
            browser.press(org.openqa.selenium.Keys.ENTER);
            browser.awaitText("h1", "办件详情");
            browser.pressWithControl("k");
            browser.press(SampleCases.filed().getFirst(), org.openqa.selenium.Keys.ENTER);
            browser.awaitText(".case-head", SampleCases.filed().getFirst());
            browser.press("?");
            browser.awaitText(".ant-modal", "快捷键");
            browser.shoot("1366-zh-keys");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** The page itself never scrolls sideways. */
    private static void fits(Browser browser, String path) {
        assertThat((Boolean) browser.run("const m = document.getElementById('content');return"
                        + " document.documentElement.scrollWidth <= innerWidth && m.scrollWidth <="
                        + " m.clientWidth + 1"))
                .as(path + " fits")
                .isTrue();
    }

    private static boolean isName(String text) {
        return text.matches("(长沙|株洲|湘潭|杭州|宁波|济宁|石家庄).*");
    }

    private static String name(String path) {
        return path.replaceAll("[/?=]", "-");
    }
}
