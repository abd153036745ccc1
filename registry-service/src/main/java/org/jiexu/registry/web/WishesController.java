package org.jiexu.registry.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.registry.KeepWishes;
import org.jiexu.registry.domain.WishKind;
import org.jiexu.registry.domain.WishState;
import org.jiexu.registry.postgres.WishStore;
import org.jiexu.registry.postgres.WishStore.Wish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * 一站式联办 for the agency of the region concerned (R2.8). It does a wish by changing the participation; here it sees what
 * is wished, and says why it will not be done.
 */
@RestController
@RequestMapping("/api/v1/agency/{region}/participation/wishes")
class WishesController {
    private final KeepWishes keepWishes;
    private final WishStore wishes;

    WishesController(KeepWishes keepWishes, WishStore wishes) {
        this.keepWishes = keepWishes;
        this.wishes = wishes;
    }

    record WishView(
            String id,
            CaseNumber number,
            PersonId person,
            String personName,
            String certificateMasked,
            Scheme scheme,
            WishKind kind,
            String kindWords,
            WishState state,
            String stateWords,
            @Nullable String reason,
            Instant wishedAt,
            @Nullable Instant decidedAt) {
        static WishView of(Wish wish) {
            return new WishView(
                    wish.id(),
                    wish.number(),
                    wish.key().person(),
                    wish.personName(),
                    wish.certificate().masked(),
                    wish.key().scheme(),
                    wish.kind(),
                    wish.kind().words(),
                    wish.state(),
                    wish.state().words(),
                    wish.reason(),
                    wish.wishedAt(),
                    wish.decidedAt());
        }

        @Override
        public String toString() {
            return "WishView[" + id + "]";
        }
    }

    /** With the certificate in full: the agency that is to enrol somebody needs it. */
    record WishDetail(WishView wish, CertificateType certificateType, String certificateNumber) {
        @Override
        public String toString() {
            return "WishDetail[" + wish.id() + "]";
        }
    }

    record Refusal(@NotBlank @Size(max = 200) String reason) {}

    /** Oldest first. */
    @GetMapping
    Page<WishView> list(
            Caller caller,
            @PathVariable RegionCode region,
            PageRequest page,
            @RequestParam(required = false) @Nullable WishState state) {
        AgencyStaff.require(caller, region);
        return Page.of(page, wishes.list(region, state, page.after(), page.limitPlusOne()), Wish::id)
                .map(WishView::of);
    }

    @GetMapping("/{id}")
    WishDetail find(Caller caller, @PathVariable RegionCode region, @PathVariable String id) {
        AgencyStaff.require(caller, region);
        var wish = keepWishes.find(region, id);
        return new WishDetail(
                WishView.of(wish), wish.certificate().type(), wish.certificate().number());
    }

    @PostMapping("/{id}/refuse")
    WishView refuse(
            Caller caller,
            @PathVariable RegionCode region,
            @PathVariable String id,
            @Valid @RequestBody Refusal refusal) {
        AgencyStaff.require(caller, region);
        return WishView.of(keepWishes.refuse(region, id, refusal.reason(), caller.subject()));
    }
}
