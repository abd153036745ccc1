package org.jiexu.bus.directory;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jiexu.bus.time.WorkingDays;
import org.jiexu.wire.contract.EndpointV1;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.signing.Sm2PublicKey;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;

/**
 * 目录 — this service's view of platform.directory: regions with agencies and endpoints, keys, policies, calendar. It
 * answers while the registry is down.
 */
public final class Directory {
    private volatile DirectorySnapshot snapshot = new DirectorySnapshot(List.of());
    private volatile Currency currency = () -> false;

    /** Whether the copy holds everything that the topic holds. */
    interface Currency {
        boolean isCurrent();
    }

    void show(DirectorySnapshot next) {
        snapshot = next;
    }

    void judgedBy(Currency judge) {
        currency = judge;
    }

    public Optional<RegionListedV1> region(RegionCode code) {
        return snapshot.region(code);
    }

    public List<RegionListedV1> regions() {
        return snapshot.regions();
    }

    /** A region that is on the platform, and so has topics and endpoints. */
    public boolean isOnPlatform(RegionCode code) {
        return region(code).map(RegionListedV1::onPlatform).orElse(false);
    }

    /** The code of the province that clears among its regions; by the code's digits where the region is not listed. */
    public RegionCode provinceOf(RegionCode code) {
        return new RegionCode(region(code).map(RegionListedV1::provinceCode).orElse(code.province()));
    }

    public Optional<String> policy(String name, RegionCode region, LocalDate on) {
        return snapshot.policy(name, region, on);
    }

    public Optional<URI> endpoint(RegionCode region, ServiceName service) {
        return region(region)
                .flatMap(listed -> listed.endpoints().stream()
                        .filter(endpoint -> endpoint.service() == service)
                        .map(EndpointV1::baseUrl)
                        .map(URI::create)
                        .findFirst());
    }

    public WorkingDays workingDays(RegionCode region) {
        return snapshot.calendar().of(region);
    }

    public Optional<SigningKey> signingKey(String keyId) {
        return snapshot.key(keyId);
    }

    public Optional<Sm2PublicKey> key(String keyId) {
        return signingKey(keyId).map(SigningKey::publicKey);
    }

    /** Asks the broker whether our copy is complete; false when the broker does not answer. */
    public boolean isCurrent() {
        return currency.isCurrent();
    }
}
