package org.jiexu.bus.operations;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jiexu.bus.inbox.QuarantineReplay;
import org.jiexu.bus.operations.Channel.Figures;
import org.jiexu.bus.operations.ClosingStore.Closing;
import org.jiexu.bus.operations.ClosingStore.Kind;
import org.jiexu.bus.operations.ClosingsController.ClosingView;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 异常处置 — the channel of this service, what it keeps out or aside, and another try (operators); no person is shown. */
@RestController
@RequestMapping("/api/v1/operations/services/{service}/{region}")
class ServiceOperationsController {
    private static final int MOST_AT_ONCE = 1000;
    private static final Pattern REASON = Pattern.compile("[A-Za-z_ ,]{1,100}");

    private final ServiceIdentity identity;
    private final Channel channel;
    private final QuarantineStore store;
    private final ClosingStore closings;
    private final QuarantineReplay replay;

    ServiceOperationsController(
            ServiceIdentity identity,
            Channel channel,
            QuarantineStore store,
            ClosingStore closings,
            QuarantineReplay replay) {
        this.identity = identity;
        this.channel = channel;
        this.store = store;
        this.closings = closings;
        this.replay = replay;
    }

    record ChannelView(
            Instant asOf,
            ServiceName service,
            RegionCode region,
            long oldestUnsentSeconds,
            long unsent,
            long relayedPerMinute,
            long parked,
            long quarantined,
            long timersLateSeconds,
            List<Channel.Topic> topics,
            List<Channel.Breaker> breakers) {}

    @GetMapping("/channel")
    ChannelView channel(Caller caller, @PathVariable String service, @PathVariable RegionCode region) {
        Watched.by(caller, identity, service, region);
        Figures figures = channel.figures();
        return new ChannelView(
                InstantSource.system().instant(),
                identity.service(),
                region,
                figures.oldestUnsentSeconds(),
                figures.unsent(),
                figures.relayedPerMinute(),
                figures.parked(),
                figures.quarantined(),
                figures.timersLateSeconds(),
                figures.topics(),
                figures.breakers());
    }

    /**
     * 隔离的报文 — without its bytes.
     *
     * @param closing that has been prepared and waits for another person
     */
    record KeptView(
            long id,
            String topic,
            String reason,
            String reasonWords,
            @Nullable String source,
            @Nullable String type,
            @Nullable String subject,
            Instant receivedAt,
            long count,
            @Nullable ClosingView closing) {
        static KeptView of(QuarantineStore.Kept kept, Map<Long, Closing> closings) {
            return new KeptView(
                    kept.position(),
                    kept.topic(),
                    kept.reason(),
                    QuarantineWords.of(kept.reason()),
                    kept.header("ce_source"),
                    kept.header("ce_type"),
                    kept.header("ce_subject"),
                    kept.at(),
                    kept.count(),
                    view(closings, kept.position()));
        }
    }

    @GetMapping("/quarantine")
    Page<KeptView> quarantine(
            Caller caller,
            @PathVariable String service,
            @PathVariable RegionCode region,
            PageRequest page,
            @RequestParam(required = false) @Nullable String reason) {
        var of = Watched.by(caller, identity, service, region);
        var fetched = store.kept(of.topicRegion(), inForm(reason), position(page, Long.MAX_VALUE), page.limitPlusOne());
        var prepared = closings.prepared(
                Kind.QUARANTINED,
                fetched.stream().map(QuarantineStore.Kept::position).toList());
        return Page.of(page, fetched, kept -> String.valueOf(kept.position())).map(kept -> KeptView.of(kept, prepared));
    }

    /** @param dataMasked its bytes as text, persons masked */
    record KeptDetail(
            KeptView kept,
            String dataMasked,
            @Nullable String id,
            @Nullable String time,
            @Nullable String keyId) {}

    @GetMapping("/quarantine/{record}")
    KeptDetail kept(
            Caller caller, @PathVariable String service, @PathVariable RegionCode region, @PathVariable long record) {
        var of = Watched.by(caller, identity, service, region);
        var kept = store.find(of.topicRegion(), record).orElseThrow(Problem::notFound);
        return new KeptDetail(
                KeptView.of(kept, closings.prepared(Kind.QUARANTINED, List.of(record))),
                PersonMask.event(store.value(record)),
                kept.header("ce_id"),
                kept.header("ce_time"),
                kept.header("ce_keyid"));
    }

    /**
     * 重新处理.
     *
     * @param reason all that were kept out for it, the part before the colon
     * @param dryRun only says what would pass
     */
    record Replay(
            @Nullable List<Long> ids,
            @Nullable String reason,
            @Nullable Boolean dryRun) {}

    record Replayed(int tried, int wouldPass, int passed, int stillBad) {}

    @PostMapping("/quarantine/replay")
    Replayed replay(
            Caller caller, @PathVariable String service, @PathVariable RegionCode region, @RequestBody Replay wanted) {
        var of = Watched.by(caller, identity, service, region);
        caller.requireRole(Role.OPERATOR);
        List<Long> ids = wanted.ids() == null ? List.of() : wanted.ids();
        if (ids.isEmpty() == (wanted.reason() == null) || ids.size() > MOST_AT_ONCE) {
            throw Problem.field("ids", "INVALID_PARAMETER", "请给出报文编号（至多1000个）或隔离原因，二者择一。");
        }
        boolean trial = Boolean.TRUE.equals(wanted.dryRun());
        var positions = store.positions(of.topicRegion(), inForm(wanted.reason()), ids, MOST_AT_ONCE);
        int good = 0;
        for (long position : positions) {
            good += replay.passes(position, trial, caller.subject()) ? 1 : 0;
        }
        return new Replayed(positions.size(), trial ? good : 0, trial ? 0 : good, positions.size() - good);
    }

    /** 暂存的报文 — impossible in the present state of its case, offered again by itself. */
    record ParkedView(
            long id,
            String subject,
            String type,
            String reason,
            Instant since,
            @Nullable ClosingView closing) {}

    @GetMapping("/parked")
    Page<ParkedView> parked(
            Caller caller, @PathVariable String service, @PathVariable RegionCode region, PageRequest page) {
        var of = Watched.by(caller, identity, service, region);
        var fetched = store.parked(of.topicRegion(), position(page, 0), page.limitPlusOne());
        var prepared = closings.prepared(
                Kind.PARKED,
                fetched.stream().map(QuarantineStore.Parked::position).toList());
        return Page.of(page, fetched, parked -> String.valueOf(parked.position()))
                .map(parked -> new ParkedView(
                        parked.position(),
                        parked.subject(),
                        parked.type(),
                        parked.reason(),
                        parked.since(),
                        view(prepared, parked.position())));
    }

    private static @Nullable ClosingView view(Map<Long, Closing> closings, long message) {
        var closing = closings.get(message);
        return closing == null ? null : ClosingView.of(closing);
    }

    private static @Nullable String inForm(@Nullable String reason) {
        if (reason != null && !REASON.matcher(reason).matches()) {
            throw Problem.field("reason", "INVALID_PARAMETER", "隔离原因无效。");
        }
        return reason;
    }

    static long position(PageRequest page, long first) {
        var after = page.after();
        if (after == null) {
            return first;
        }
        if (!after.matches("[0-9]{1,18}")) {
            throw Problem.field("after", "INVALID_PARAMETER", "翻页位置无效。");
        }
        return Long.parseLong(after);
    }
}
