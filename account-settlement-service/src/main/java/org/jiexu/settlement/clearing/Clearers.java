package org.jiexu.settlement.clearing;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.service.JiexuProperties;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.springframework.stereotype.Component;

/** 清算各方 — which of the hosted codes are regions and which are provinces' centres, and who clears with whom. */
@Component
public class Clearers {
    private final ServiceIdentity identity;
    private final Directory directory;
    private final List<RegionCode> centres;

    Clearers(ServiceIdentity identity, Directory directory, JiexuProperties properties) {
        this.identity = identity;
        this.directory = directory;
        this.centres = properties.clearing().centres();
    }

    public List<RegionCode> centres() {
        return centres;
    }

    /** The hosted pooling regions. */
    public List<RegionCode> regions() {
        return identity.regions().stream()
                .filter(code -> !centres.contains(code))
                .toList();
    }

    public boolean isCentre(RegionCode province) {
        return centres.contains(province);
    }

    public boolean hosts(RegionCode region) {
        return identity.hosts(region) && !isCentre(region);
    }

    public RegionCode provinceOf(RegionCode region) {
        return directory.provinceOf(region);
    }

    /** Every code on whose clearing topic something is said to somebody hosted here; known before the directory is. */
    public List<RegionCode> provinces() {
        return identity.regions().stream()
                .map(code -> isCentre(code) ? code : new RegionCode(code.province()))
                .distinct()
                .toList();
    }

    /** The province's regions on the platform, with their names: 省本级 is one of them where it is listed. */
    SortedMap<RegionCode, String> members(RegionCode province) {
        var members = new TreeMap<RegionCode, String>();
        for (RegionListedV1 region : directory.regions()) {
            if (region.onPlatform()
                    && region.provinceCode().equals(province.value())
                    && !region.code().equals(province)) {
                members.put(region.code(), region.name());
            }
        }
        return members;
    }

    static Source settlementOf(RegionCode code) {
        return Source.of(code, ServiceName.SETTLEMENT);
    }
}
