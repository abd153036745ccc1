package org.jiexu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Ten thousand cases in one list: read to the end, it scrolls as the first page does. */
@WithBrowser
class LongListStory {
    private static final int MANY = 10_000;
    private static final int MOST_DRAWN = 80;
    private static final int TIMES_AS_LONG = 3;
    private static final int AND_MILLIS = 50;

    @Test
    void staysUsableWithTenThousandRows() throws SQLException {
        var template = SampleCases.filed().get(1);
        var copies = numbers();
        copy(template, copies);
        try (var browser = Browser.open(1366, 768).logIn("operator")) {
            browser.go("/cases?status=COMPLETED&receiving=430100");
            browser.find(".grid-row");
            double ofOnePage = stepMillis(browser);

            // Reading on, as somebody does who holds the key down.
            Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> {
                browser.run("const g = document.querySelector('.grid'); g.scrollTop = g.scrollHeight");
                return count(browser) >= MANY;
            });
            browser.run("document.querySelector('.grid').focus()");
            browser.press(Keys.END);
            assertThat(browser.find(".grid-active").isDisplayed()).isTrue();
            browser.press(Keys.HOME);
            assertThat(browser.find(".grid-active").getDomAttribute("aria-rowindex"))
                    .isEqualTo("2");

            assertThat(browser.all(".grid-row")).hasSizeBetween(20, MOST_DRAWN);
            // However busy the machine is: as one page of the list, and no slower than that by much.
            assertThat(stepMillis(browser)).isLessThan(TIMES_AS_LONG * ofOnePage + AND_MILLIS);
            browser.shoot("1366-zh-ten-thousand");
            assertThat(browser.complaints()).isEmpty();
        } finally {
            // The other stories open what they find in the list.
            remove(copies);
        }
    }

    private static int count(Browser browser) {
        return ((Number) Objects.requireNonNull(
                        browser.run("return Number(document.querySelector('.grid').getAttribute('aria-rowcount'))"
                                + " > 0 ?"
                                + " Number(document.querySelector('.grid').getAttribute('aria-rowcount'))"
                                + " - 1 : 0")))
                .intValue();
    }

    /** The middle of forty screens' time from scrolling to having been drawn. */
    private static double stepMillis(Browser browser) {
        return ((Number) Objects.requireNonNull(browser.run("""
            const grid = document.querySelector('.grid');
            const frame = () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
            return (async () => {
              const times = [];
              for (let i = 0; i < 40; i++) {
                const before = performance.now();
                grid.scrollTop = (i * 7919 * 32) % grid.scrollHeight;
                await frame();
                times.push(performance.now() - before);
              }
              return times.sort((a, b) => a - b)[20];
            })();
            """))).doubleValue();
    }

    private static String[] numbers() {
        var random = new Random(10_000);
        return Stream.generate(() -> CaseNumber.random(new RegionCode("430100"), 2026, random)
                        .value())
                .distinct()
                .limit(MANY)
                .toArray(String[]::new);
    }

    /** In the registry's index, like one that is there; no service works on them. */
    private static void copy(String template, String[] numbers) throws SQLException {
        try (var connection = registry();
                var insert = connection.prepareStatement("""
                    insert into case_index
                    select (jsonb_populate_record(null::case_index, to_jsonb(one) || jsonb_build_object('number', n))).*
                      from case_index one, unnest(?::text[]) n where one.number = ?
                    """)) {
            insert.setArray(1, connection.createArrayOf("text", numbers));
            insert.setString(2, template);
            assertThat(insert.executeUpdate()).isEqualTo(MANY);
        }
    }

    private static void remove(String[] numbers) throws SQLException {
        try (var connection = registry();
                var delete = connection.prepareStatement("delete from case_index where number = any(?)")) {
            delete.setArray(1, connection.createArrayOf("text", numbers));
            assertThat(delete.executeUpdate()).isEqualTo(MANY);
        }
    }

    private static Connection registry() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:"
                        + RunningConsole.sandbox().addresses().postgres() + "/registry",
                "postgres",
                "");
    }
}
