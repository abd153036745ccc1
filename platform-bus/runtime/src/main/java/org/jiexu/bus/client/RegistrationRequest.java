package org.jiexu.bus.client;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
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

    /** Regions in one part: some 220 bytes each, far below what the registry's door lets in by default. */
    private static final int REGIONS_IN_A_PART = 100;

    /** The same in parts, each with the keys of its own regions: a service may host all regions of the country. */
    public List<RegistrationRequest> parts() {
        var parts = new ArrayList<RegistrationRequest>();
        for (int first = 0; first < regions.size(); first += REGIONS_IN_A_PART) {
            var some = regions.subList(first, Math.min(first + REGIONS_IN_A_PART, regions.size()));
            var theirs = keys.stream()
                    .filter(key -> some.contains(key.owner().region()))
                    .toList();
            parts.add(new RegistrationRequest(service, baseUrl, List.copyOf(some), theirs));
        }
        return List.copyOf(parts);
    }

    /** 验签公钥 — the public half of a key; {@code owner} is the source that signs with it. */
    public record Key(
            @NotBlank String keyId,
            @NotNull Source owner,
            @NotNull Bytes publicKey,
            @NotNull Instant validFrom) {}
}
