package org.jiexu.bus.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.springframework.http.HttpStatus;

/** Reads a body into memory: no more than the limit, no slower than patience allows, and only what the budget has room for. */
final class BodyReader {
    private static final int FIRST = 4 * 1024;
    private static final int TRUSTED = 64 * 1024;

    private final long limit;
    private final Patience.Watch watch;
    private final BodyBudget.Share share;

    BodyReader(long limit, Patience patience, BodyBudget.Share share) {
        this.limit = limit;
        this.watch = patience.begin();
        this.share = share;
    }

    byte[] read(HttpServletRequest request) throws IOException {
        long announced = request.getContentLengthLong();
        if (announced > limit) {
            throw tooLarge(limit);
        }
        if (announced == 0) {
            return new byte[0];
        }
        var in = request.getInputStream();
        var body = new byte[0];
        int count = 0;
        try {
            while (true) {
                if (count == body.length) {
                    if (count == announced) {
                        return body;
                    }
                    body = grown(body, announced);
                }
                int read = in.read(body, count, body.length - count);
                if (read < 0) {
                    return count == body.length ? body : Arrays.copyOf(body, count);
                }
                count += read;
                if (count > limit) {
                    throw tooLarge(limit);
                }
                watch.check(count);
            }
        } catch (SocketTimeoutException e) {
            throw Patience.tooSlow();
        }
    }

    /** What is announced is believed only after a good part of it has come. One byte more than the limit tells too much. */
    private byte[] grown(byte[] body, long announced) {
        long most = announced < 0 ? limit + 1 : announced;
        long next = body.length == 0 ? FIRST : announced > 0 && body.length >= TRUSTED ? most : body.length * 4L;
        int size = (int) Math.min(next, most);
        share.take(size - body.length);
        return Arrays.copyOf(body, size);
    }

    static Problem tooLarge(long limit) {
        return new Problem(HttpStatus.CONTENT_TOO_LARGE, "BODY_TOO_LARGE", "请求内容超过" + limit / 1024 + "KiB的上限。");
    }
}
