package org.jiexu.registry;

import java.util.ArrayList;
import java.util.List;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.registry.postgres.ClearingCentreStore;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.wire.contract.ClockMovedV1;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.signing.Sm3;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 目录发布 — says on platform.directory what has changed, and nothing else. */
@Service
public class PublishDirectory {
    private static final int ALL = Integer.MAX_VALUE;

    private final DirectoryStore directory;
    private final ClearingCentreStore centres;
    private final Outbox outbox;

    PublishDirectory(DirectoryStore directory, ClearingCentreStore centres, Outbox outbox) {
        this.directory = directory;
        this.centres = centres;
        this.outbox = outbox;
    }

    private record Thing(String subject, EventData data) {}

    /** In the transaction of the change. How many things were published. */
    @Transactional(propagation = Propagation.MANDATORY)
    public int changes() {
        directory.lock();
        var published = directory.published();
        int count = 0;
        for (Thing thing : things()) {
            var digest = Sm3.of(WireJson.write(thing.data())).hex();
            if (!digest.equals(published.get(thing.subject()))) {
                directory.publishing(thing.subject(), digest);
                outbox.append(Event.directory(thing.subject(), thing.data()));
                count++;
            }
        }
        return count;
    }

    /** Keys first: whoever reads from the beginning can check what follows. Regions last: they make a copy usable. */
    private List<Thing> things() {
        var things = new ArrayList<Thing>();
        directory.keys().forEach(key -> things.add(new Thing("key/" + key.keyId(), key)));
        directory
                .clock()
                .ifPresent(clock ->
                        things.add(new Thing("clock", new ClockMovedV1(clock.businessTime(), clock.systemTime()))));
        directory
                .calendars()
                .forEach(calendar ->
                        things.add(new Thing("calendar/" + calendar.region() + "/" + calendar.year(), calendar)));
        directory
                .policies()
                .forEach(policy -> things.add(new Thing(
                        "policy/" + policy.scope() + "/" + policy.name() + "/" + policy.validFrom(), policy)));
        directory.regions("", ALL).forEach(region -> things.add(new Thing("region/" + region.code(), region)));
        centres.listed().forEach(centre -> things.add(new Thing("region/" + centre.code(), centre)));
        return things;
    }
}
