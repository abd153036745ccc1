package org.jiexu.bus.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** A request whose body goes by uncounted as a whole, but not without end: what is too much is refused on the way. */
final class StreamedRequest extends HttpServletRequestWrapper {
    private final long limit;
    private final Patience.Watch watch;

    StreamedRequest(HttpServletRequest request, long limit, Patience.Watch watch) {
        super(request);
        this.limit = limit;
        this.watch = watch;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new Counted(super.getInputStream());
    }

    private final class Counted extends ServletInputStream {
        private final ServletInputStream body;
        private long count;

        Counted(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                int read = body.read(target, offset, length);
                count(Math.max(0, read));
                return read;
            } catch (SocketTimeoutException e) {
                throw Patience.tooSlow();
            } catch (IOException e) {
                // The caller has hung up, or its chunks are broken: nothing of ours failed.
                throw Problem.badRequest("BODY_MISSING", "缺少请求内容，或请求内容无法读取。");
            }
        }

        private void count(int more) {
            count += more;
            if (count > limit) {
                throw BodyReader.tooLarge(limit);
            }
            watch.check(count);
        }

        @Override
        public int available() throws IOException {
            return body.available();
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
