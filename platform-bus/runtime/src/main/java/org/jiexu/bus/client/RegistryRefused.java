package org.jiexu.bus.client;

/** The registry answered, and said no (4xx). Asking the same again will not change that. */
public final class RegistryRefused extends RuntimeException {
    private final int status;
    private final String code;
    private final String body;

    RegistryRefused(int status, String code, String body) {
        super("the registry answered " + status + " " + code);
        this.status = status;
        this.code = code;
        this.body = body;
    }

    public int status() {
        return status;
    }

    /** The problem's stable code, or UNKNOWN. */
    public String code() {
        return code;
    }

    /** The problem document as it came. Not for logs. */
    public String body() {
        return body;
    }
}
