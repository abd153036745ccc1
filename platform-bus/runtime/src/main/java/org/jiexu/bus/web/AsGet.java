package org.jiexu.bus.web;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/** A request as if it had been a GET without a body, by the same caller. */
final class AsGet extends HttpServletRequestWrapper {
    private final ServletInputStream nothing = new BufferedRequest.Bytes(new byte[0]);

    AsGet(HttpServletRequest request) {
        super(request);
    }

    @Override
    public String getMethod() {
        return "GET";
    }

    @Override
    public ServletInputStream getInputStream() {
        return nothing;
    }

    @Override
    public int getContentLength() {
        return 0;
    }

    @Override
    public long getContentLengthLong() {
        return 0;
    }

    @Override
    public @Nullable String getContentType() {
        return null;
    }
}
