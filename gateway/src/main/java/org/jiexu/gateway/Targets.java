package org.jiexu.gateway;

import java.net.URI;
import java.util.Optional;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.service.JiexuProperties;
import org.jiexu.bus.web.Problem;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Where a destination stands, from the directory's copy in memory: the registry may be down. */
@Component
final class Targets {
    private final Directory directory;
    private final URI registry;
    /** Once the whole directory has been read, what it does not name does not exist. */
    private volatile boolean wholeDirectorySeen;

    Targets(Directory directory, JiexuProperties properties) {
        this.directory = directory;
        this.registry = properties.registryUrl();
    }

    URI of(Destination destination) {
        var region = destination.region();
        if (region == null) {
            return registry;
        }
        if (!directory.isOnPlatform(region) && !isClearingCentre(region)) {
            refuseIfStillReading();
            // Also for regions that exist elsewhere: nothing of theirs can be asked for here.
            throw Problem.notFound();
        }
        return directory
                .endpoint(region, destination.service())
                .orElseThrow(() ->
                        new Problem(HttpStatus.SERVICE_UNAVAILABLE, "REGION_NOT_CONNECTED", "该统筹区的服务尚未接入平台，请稍后再试。"));
    }

    /** A door that has just been opened knows nobody yet: that is no answer to anybody. */
    private void refuseIfStillReading() {
        if (!wholeDirectorySeen) {
            wholeDirectorySeen = directory.isCurrent();
        }
        if (!wholeDirectorySeen) {
            throw Problem.unavailable("DIRECTORY_NOT_READ", "平台目录正在读取，请稍后再试。");
        }
    }

    private boolean isClearingCentre(RegionCode code) {
        return directory.region(code).filter(RegionListedV1::isClearingCentre).isPresent();
    }

    /** Any instance of a service, for its description. */
    Optional<URI> anyOf(ServiceName service) {
        if (service == ServiceName.REGISTRY) {
            return Optional.of(registry);
        }
        return directory.regions().stream()
                .flatMap(region -> directory.endpoint(region.code(), service).stream())
                .findFirst();
    }
}
