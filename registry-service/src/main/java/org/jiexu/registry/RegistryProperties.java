package org.jiexu.registry;

import java.time.LocalDate;
import java.util.List;
import org.jiexu.wire.contract.PolicyDatedV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator sets for the registry.
 *
 * @param onPlatform regions that have joined the platform: they get topics, and their services may register
 * @param policies dated settings of regions and provinces, beside the national defaults
 */
@ConfigurationProperties("jiexu.registry")
public record RegistryProperties(
        @DefaultValue List<String> onPlatform, @DefaultValue List<Policy> policies) {

    /** 地方政策 with its legal basis; {@code scope} is a region's or a province's code, or {@code *}. */
    public record Policy(
            String name,
            String scope,
            String value,
            LocalDate validFrom,
            @Nullable LocalDate validTo,
            String basis) {
        PolicyDatedV1 dated() {
            return new PolicyDatedV1(name, scope, value, validFrom, validTo, basis);
        }
    }

    public List<RegionCode> regionsOnPlatform() {
        return onPlatform.stream().map(RegionCode::new).toList();
    }
}
