package org.jiexu.bus.service;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;

/** Which service this is and which regions it hosts; the registry hosts none. */
public record ServiceIdentity(ServiceName service, SortedSet<RegionCode> regions) {
    public ServiceIdentity {
        regions = Collections.unmodifiableSortedSet(new TreeSet<>(regions));
    }

    public static ServiceIdentity of(ServiceName service, Collection<RegionCode> regions) {
        return new ServiceIdentity(service, new TreeSet<>(regions));
    }

    public boolean hosts(RegionCode region) {
        return regions.contains(region);
    }

    /** What this service signs as for that region; throws when the region is not hosted here. */
    public Source source(RegionCode region) {
        if (!hosts(region)) {
            throw new IllegalArgumentException("region " + region + " is not hosted here");
        }
        return Source.of(region, service);
    }

    /** Every source that this service signs as. */
    public Collection<Source> sources() {
        return service == ServiceName.REGISTRY
                ? java.util.List.of(Source.REGISTRY)
                : regions.stream().map(this::source).toList();
    }
}
