package org.jiexu.bus.operations;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jiexu.bus.inbox.ParkedOffer;
import org.jiexu.bus.operations.ClosingStore.Closing;
import org.jiexu.bus.operations.ClosingStore.Kind;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 异常处置 — a message that waits is offered again now; one that can never be done is closed by two people (operators). */
@RestController
@RequestMapping("/api/v1/operations/services/{service}/{region}")
class ClosingsController {
    private final ServiceIdentity identity;
    private final ClosingStore store;
    private final CloseMessage close;
    private final ParkedOffer offer;

    ClosingsController(ServiceIdentity identity, ClosingStore store, CloseMessage close, ParkedOffer offer) {
        this.identity = identity;
        this.store = store;
        this.close = close;
        this.offer = offer;
    }

    /** 处置 — {@code message} is the number of the message in the list that its kind names. */
    record ClosingView(
            long id,
            Kind kind,
            long message,
            String topic,
            @Nullable String type,
            @Nullable String subject,
            String reason,
            ClosingStore.State state,
            String preparedBy,
            Instant preparedAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt) {
        static ClosingView of(Closing closing) {
            return new ClosingView(
                    closing.id(),
                    closing.kind(),
                    closing.message(),
                    closing.topic(),
                    closing.type(),
                    closing.subject(),
                    closing.reason(),
                    closing.state(),
                    closing.preparedBy(),
                    closing.preparedAt(),
                    closing.decidedBy(),
                    closing.decidedAt());
        }
    }

    /** The newest first, decided ones too. */
    @GetMapping("/closings")
    Page<ClosingView> closings(
            Caller caller, @PathVariable String service, @PathVariable RegionCode region, PageRequest page) {
        var of = Watched.by(caller, identity, service, region);
        var fetched = store.all(
                of.topicRegion(), ServiceOperationsController.position(page, Long.MAX_VALUE), page.limitPlusOne());
        return Page.of(page, fetched, closing -> String.valueOf(closing.id())).map(ClosingView::of);
    }

    /** @param reason why it can never be done, in the operator's words; no person is named */
    record ClosingRequest(
            @NotBlank(message = "请说明理由。") @Size(max = 200, message = "理由至多200字。")
            String reason) {}

    @PostMapping("/{list}/{message}/closing")
    ClosingView prepare(
            Caller caller,
            @PathVariable String service,
            @PathVariable RegionCode region,
            @PathVariable String list,
            @PathVariable long message,
            @Valid @RequestBody ClosingRequest wanted) {
        var of = acting(caller, service, region);
        return ClosingView.of(close.prepare(
                kind(list), of.topicRegion(), message, wanted.reason().strip(), caller.subject()));
    }

    @PostMapping("/{list}/{message}/closing/approval")
    ClosingView approve(
            Caller caller,
            @PathVariable String service,
            @PathVariable RegionCode region,
            @PathVariable String list,
            @PathVariable long message) {
        var of = acting(caller, service, region);
        return ClosingView.of(close.approve(kind(list), of.topicRegion(), message, caller.subject()));
    }

    @PostMapping("/{list}/{message}/closing/refusal")
    ClosingView refuse(
            Caller caller,
            @PathVariable String service,
            @PathVariable RegionCode region,
            @PathVariable String list,
            @PathVariable long message) {
        var of = acting(caller, service, region);
        return ClosingView.of(close.refuse(kind(list), of.topicRegion(), message, caller.subject()));
    }

    /** 重新提交的结果. */
    record Offered(ParkedOffer.Outcome outcome) {}

    @PostMapping("/parked/{message}/offer")
    Offered offer(
            Caller caller, @PathVariable String service, @PathVariable RegionCode region, @PathVariable long message) {
        var of = acting(caller, service, region);
        return new Offered(offer.now(of.topicRegion(), message).orElseThrow(Problem::notFound));
    }

    private Watched acting(Caller caller, String service, RegionCode region) {
        var of = Watched.by(caller, identity, service, region);
        caller.requireRole(Role.OPERATOR);
        return of;
    }

    private static Kind kind(String list) {
        return switch (list) {
            case "parked" -> Kind.PARKED;
            case "quarantine" -> Kind.QUARANTINED;
            default -> throw Problem.notFound();
        };
    }
}
