package org.jiexu.bus.web;

import java.time.Duration;
import org.springframework.http.HttpStatus;

/**
 * How long a body may take: a grace, and then at least so many bytes a second. A pause between two bytes is cut by the
 * container; drops that go on and on are cut here.
 */
record Patience(Duration grace, long bytesPerSecond) {

    /** Begins with the body. */
    Watch begin() {
        return new Watch(System.nanoTime() + grace.toNanos());
    }

    final class Watch {
        private final long end;

        private Watch(long end) {
            this.end = end;
        }

        /** 408 when more should have come by now. */
        void check(long bytes) {
            long earned = bytes * Duration.ofSeconds(1).toNanos() / bytesPerSecond;
            if (System.nanoTime() - end > earned) {
                throw tooSlow();
            }
        }
    }

    static Problem tooSlow() {
        return new Problem(HttpStatus.REQUEST_TIMEOUT, "BODY_TOO_SLOW", "请求内容传送过慢，请检查网络后重新提交。");
    }
}
