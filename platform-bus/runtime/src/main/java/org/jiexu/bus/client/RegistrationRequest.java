package org.jiexu.bus.client;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;

/** 服务登记 — where a service answers for its regions, and the public keys it signs with. */
public record RegistrationRequest(
        @NotNull ServiceName service,
        @NotNull URI baseUrl,
        @NotNull List<@NotNull RegionCode> regions,
        @NotNull List<@NotNull @Valid Key> keys) {

    /** 验签公钥 — the public half of a key; {@code owner} is the source that signs with it. */
    public record Key(
            @NotBlank String keyId,
            @NotNull Source owner,
            @NotNull Bytes publicKey,
            @NotNull Instant validFrom) {}
}
