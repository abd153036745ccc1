package org.jiexu.wire.vocabulary;

/** 服务名称 — the services that say events; the last part of an event's source. */
public enum ServiceName {
    REGISTRY("registry"),
    TRANSFER_IN("transfer-in"),
    TRANSFER_OUT("transfer-out"),
    SETTLEMENT("settlement");

    private final String path;

    ServiceName(String path) {
        this.path = path;
    }

    public String path() {
        return path;
    }
}
