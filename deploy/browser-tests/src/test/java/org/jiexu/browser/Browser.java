package org.jiexu.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chromium with one person before it. Collects whatever it complains of. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path SHOTS = Path.of("target", "screenshots");

    private final ChromeDriver driver;
    private final String address;
    private final List<String> complaints = new ArrayList<>();

    private Browser(ChromeDriver driver, String address) {
        this.driver = driver;
        this.address = address;
    }

    static Browser open(int width, int height) {
        var options = new ChromeOptions();
        options.setBinary(WithBrowser.Installed.BROWSER.orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--hide-scrollbars");
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(
                        WithBrowser.Installed.DRIVER.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        var driver = new ChromeDriver(service, options);
        var browser = new Browser(
                driver, RunningConsole.sandbox().addresses().gateway().toString());
        browser.size(width, height);
        return browser;
    }

    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Chooses that sample user at the sandbox's issuer. */
    Browser logIn(String user) {
        driver.get(address + "/console/");
        find("button[data-user='" + user + "']").click();
        find(".shell");
        find("main .screen");
        return this;
    }

    void go(String path) {
        driver.executeScript("location.hash = arguments[0]", path);
        find("main[data-at='" + path + "'] .screen");
        settled();
    }

    String url() {
        return String.valueOf(driver.getCurrentUrl());
    }

    /** Nothing is loading, and nothing has failed to. */
    void settled() {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        all(".state-loading, .grid-loading, .ant-spin-spinning").isEmpty());
    }

    WebElement find(String selector) {
        Awaitility.await()
                .atMost(PATIENCE)
                .alias(selector)
                .until(() -> !all(selector).isEmpty());
        return all(selector).getFirst();
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** What they show, all at one moment. */
    List<String> texts(String selector) {
        var texts = run(
                "return [...document.querySelectorAll(arguments[0])].filter(one => one.offsetParent).map(one =>"
                        + " one.innerText.trim())",
                selector);
        return texts instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The first of them that shows that text. */
    WebElement saying(String selector, String text) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .alias(selector + " saying " + text)
                .ignoreException(StaleElementReferenceException.class)
                .until(
                        () -> all(selector).stream()
                                .filter(WebElement::isDisplayed)
                                .filter(element -> element.getText().contains(text))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    void click(String selector, String text) {
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            saying(selector, text).click();
            return true;
        });
    }

    void awaitText(String selector, String text) {
        saying(selector, text);
    }

    /** Until it is gone. */
    void awaitNo(String selector, String text) {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreException(StaleElementReferenceException.class)
                .until(() ->
                        all(selector).stream().noneMatch(one -> one.getText().contains(text)));
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(String.join("", keys)).perform();
    }

    void pressWithControl(String key) {
        new Actions(driver)
                .keyDown(Keys.CONTROL)
                .sendKeys(key)
                .keyUp(Keys.CONTROL)
                .perform();
    }

    @Nullable
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    String text() {
        return find("body").getText();
    }

    /** Kept as output of the build. */
    void shoot(String name) {
        try {
            Files.createDirectories(SHOTS);
            Files.write(SHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Errors in its console, answers of 400 and more, and requests that failed, since the last time. */
    List<String> complaints() {
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .forEach(entry -> complaints.add(entry.getMessage()));
        driver.manage().logs().get(LogType.PERFORMANCE).getAll().forEach(entry -> {
            var event = JsonMapper.shared().readTree(entry.getMessage()).path("message");
            var complaint = complaint(event.path("method").asString(), event.path("params"));
            if (complaint != null) {
                complaints.add(complaint);
            }
        });
        var all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    private static final Pattern GONE_ON = Pattern.compile("net::ERR_ABORTED");

    private static @Nullable String complaint(String method, JsonNode params) {
        return switch (method) {
            case "Network.responseReceived" -> {
                int status = params.path("response").path("status").asInt();
                yield status >= 400
                        ? status + " " + params.path("response").path("url").asString()
                        : null;
            }
            // A page that one leaves breaks off its own requests.
            case "Network.loadingFailed" ->
                params.path("canceled").asBoolean()
                                || GONE_ON.matcher(params.path("errorText").asString())
                                        .matches()
                        ? null
                        : params.path("errorText").asString() + " "
                                + params.path("type").asString();
            default -> null;
        };
    }

    @Override
    public void close() {
        driver.quit();
    }
}
