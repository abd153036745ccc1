package org.jiexu.registry;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.postgres.ClearingCentreStore;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.wire.contract.KeyRegisteredV1;
import org.jiexu.wire.signing.Sm2PublicKey;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 服务登记 — where a region's service answers and with which keys it signs. */
@Service
public class RegisterService {
    private final DirectoryStore directory;
    private final ClearingCentreStore centres;
    private final PublishDirectory publish;
    private final Clock clock;

    RegisterService(DirectoryStore directory, ClearingCentreStore centres, PublishDirectory publish, Clock clock) {
        this.directory = directory;
        this.centres = centres;
        this.publish = publish;
        this.clock = clock;
    }

    public record OfferedKey(String keyId, Source owner, Bytes publicKey, Instant validFrom) {}

    @Transactional
    public void register(ServiceName service, String baseUrl, List<RegionCode> regions, List<OfferedKey> keys) {
        directory.lock();
        if (service == ServiceName.REGISTRY) {
            throw refused("SERVICE_NOT_OF_A_REGION", "只有统筹区的服务才能登记。");
        }
        for (RegionCode region : regions) {
            if (directory.isOnPlatform(region).orElse(false)) {
                directory.keepEndpoint(region, service, baseUrl);
            } else {
                keepCentre(region, service, baseUrl);
            }
        }
        for (OfferedKey key : keys) {
            keep(service, regions, key);
        }
        publish.changes();
    }

    /** R7.1: a province's clearing centre is a settlement service under the province's code. */
    private void keepCentre(RegionCode province, ServiceName service, String baseUrl) {
        var name = centres.provinceOnPlatform(province)
                .filter(_ -> service == ServiceName.SETTLEMENT)
                .orElseThrow(() -> refused("REGION_NOT_ON_PLATFORM", "统筹区尚未接入本平台。"));
        centres.keep(province, name, baseUrl);
    }

    private void keep(ServiceName service, List<RegionCode> regions, OfferedKey key) {
        if (key.owner().service() != service || !regions.contains(key.owner().region())) {
            throw refused("KEY_OF_ANOTHER_SERVICE", "密钥不属于所登记的服务。");
        }
        if (!isKey(key)) {
            throw refused("NOT_A_KEY", "公钥无效，或者与密钥编号不符。");
        }
        var known = directory.key(key.keyId());
        if (known.isPresent()) {
            if (!known.get().owner().equals(key.owner())) {
                throw refused("KEY_OF_ANOTHER_SERVICE", "密钥不属于所登记的服务。");
            }
            return;
        }
        // House rule: keep first. A further key of the same owner is valid from now on, never for the past.
        boolean first = directory.keysOf(key.owner()).isEmpty();
        directory.keepKey(new KeyRegisteredV1(
                key.keyId(), key.owner(), key.publicKey(), first ? key.validFrom() : clock.instant(), null));
    }

    private static boolean isKey(OfferedKey key) {
        try {
            return Sm2PublicKey.of(key.publicKey()).keyId().equals(key.keyId());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Problem refused(String code, String detail) {
        return new Problem(HttpStatus.UNPROCESSABLE_CONTENT, code, detail);
    }
}
