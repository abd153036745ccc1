package org.jiexu.bus.journal;

import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;

/** Something to be said: id, time, sequence and signature are added when it is written. */
public record Event(
        Source source,
        String topic,
        String to,
        String subject,
        EventData data,
        @Nullable String causationId) {

    /** To the other region's transfer service (or one's own, inside one region). */
    public static Event transfer(Source source, RegionCode to, CaseNumber number, EventData data) {
        return new Event(source, Topics.transfer(to), to.value(), number.value(), data, null);
    }

    public static Event balance(Source source, RegionCode to, CaseNumber number, EventData data) {
        return new Event(source, Topics.balance(to), to.value(), number.value(), data, null);
    }

    public static Event participation(Source source, RegionCode to, String person, EventData data) {
        return new Event(source, Topics.participation(to), to.value(), person, data, null);
    }

    /** To the centre of a province, and everybody who clears there. */
    public static Event clearing(Source source, RegionCode province, String debt, EventData data) {
        return new Event(source, Topics.clearing(province), province.value(), debt, data, null);
    }

    public static Event progress(Source source, CaseNumber number, EventData data) {
        return new Event(source, Topics.PROGRESS, Topics.EVERYBODY, number.value(), data, null);
    }

    public static Event deadline(Source source, String caseKey, EventData data) {
        return new Event(source, Topics.DEADLINE, Topics.EVERYBODY, caseKey, data, null);
    }

    public static Event directory(String thing, EventData data) {
        return new Event(Source.REGISTRY, Topics.DIRECTORY, Topics.EVERYBODY, thing, data, null);
    }

    public Event causedBy(@Nullable String eventId) {
        return new Event(source, topic, to, subject, data, eventId);
    }
}
