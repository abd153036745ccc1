package org.jiexu.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Needs Chromium and its driver. Without them it is skipped and says why; where {@code CI=true}, that is a failure. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(WithBrowser.Installed.class)
@interface WithBrowser {

    /** Looks where distributions put them, and on the path. */
    final class Installed implements ExecutionCondition {
        static final Optional<Path> BROWSER = find("chromium", "chromium-browser", "google-chrome");
        static final Optional<Path> DRIVER = find("chromedriver");

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (BROWSER.isPresent() && DRIVER.isPresent()) {
                return ConditionEvaluationResult.enabled("Chromium is installed");
            }
            var missing = (BROWSER.isEmpty() ? "no chromium" : "no chromedriver")
                    + " is installed (Debian: apt-get install chromium chromium-driver fonts-noto-cjk)";
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException("the console was not tested: " + missing);
            }
            return ConditionEvaluationResult.disabled("skipped: " + missing);
        }

        private static Optional<Path> find(String... names) {
            var directories = Stream.of(
                            (System.getenv("PATH") + ":/usr/bin:/usr/local/bin:/usr/lib/chromium").split(":"))
                    .map(Path::of)
                    .toList();
            return Stream.of(names)
                    .flatMap(name -> directories.stream().map(directory -> directory.resolve(name)))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }
}
