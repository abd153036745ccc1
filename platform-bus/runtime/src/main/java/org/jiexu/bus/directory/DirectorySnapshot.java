package org.jiexu.bus.directory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jiexu.bus.time.WorkingCalendar;
import org.jiexu.wire.contract.CalendarPublishedV1;
import org.jiexu.wire.contract.ClockMovedV1;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.KeyRegisteredV1;
import org.jiexu.wire.contract.PolicyDatedV1;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.signing.Sm2PublicKey;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/** All things of the directory at one moment; immutable. */
final class DirectorySnapshot {
    private final Map<RegionCode, RegionListedV1> regions = new HashMap<>();
    private final Map<String, SigningKey> keys = new HashMap<>();
    private final Map<String, List<PolicyDatedV1>> policies;
    private final WorkingCalendar calendar;
    private final @Nullable ClockMovedV1 clock;

    DirectorySnapshot(Collection<EventData> things) {
        var dated = new HashMap<String, List<PolicyDatedV1>>();
        var years = new ArrayList<CalendarPublishedV1>();
        ClockMovedV1 moved = null;
        for (EventData thing : things) {
            switch (thing) {
                case RegionListedV1 region -> regions.put(region.code(), region);
                case KeyRegisteredV1 key ->
                    keys.put(
                            key.keyId(),
                            new SigningKey(
                                    key.owner(), Sm2PublicKey.of(key.publicKey()), key.validFrom(), key.validTo()));
                case PolicyDatedV1 policy ->
                    dated.computeIfAbsent(policy.name(), _ -> new ArrayList<>()).add(policy);
                case CalendarPublishedV1 year -> years.add(year);
                case ClockMovedV1 clockMoved -> moved = clockMoved;
                default -> throw new IllegalStateException("not a thing of the directory: " + thing.getClass());
            }
        }
        dated.values()
                .forEach(list ->
                        list.sort(Comparator.comparing(PolicyDatedV1::validFrom).reversed()));
        this.policies = dated;
        this.calendar = WorkingCalendar.of(years);
        this.clock = moved;
    }

    Optional<RegionListedV1> region(RegionCode code) {
        return Optional.ofNullable(regions.get(code));
    }

    List<RegionListedV1> regions() {
        return regions.values().stream()
                .sorted(Comparator.comparing(RegionListedV1::code))
                .toList();
    }

    Optional<SigningKey> key(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    WorkingCalendar calendar() {
        return calendar;
    }

    Optional<ClockMovedV1> clock() {
        return Optional.ofNullable(clock);
    }

    /** The narrowest scope in force on that day: region, then province, then the country. */
    Optional<String> policy(String name, RegionCode region, LocalDate on) {
        for (String scope : List.of(region.value(), region.province(), Topics.EVERYBODY)) {
            for (PolicyDatedV1 policy : policies.getOrDefault(name, List.of())) {
                if (policy.scope().equals(scope)
                        && !policy.validFrom().isAfter(on)
                        && (policy.validTo() == null || policy.validTo().isAfter(on))) {
                    return Optional.of(policy.value());
                }
            }
        }
        return Optional.empty();
    }
}
