package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.ServiceName;

/** 服务地址 — where a region's service answers, for the gateway and for calls between services. */
public record EndpointV1(ServiceName service, String baseUrl) {}
