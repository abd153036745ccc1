package org.jiexu.registry.web;

import java.time.Instant;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Role;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.wire.contract.KeyRegisteredV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 公钥目录 — with which keys the services of the regions sign, since when and until when; public halves alone. */
@RestController
@RequestMapping("/api/v1/operations/keys")
class KeysController {
    private final DirectoryStore directory;

    KeysController(DirectoryStore directory) {
        this.directory = directory;
    }

    /** @param region none for the registry's own */
    record KeyView(
            String keyId,
            String service,
            @Nullable RegionCode region,
            Instant validFrom,
            @Nullable Instant validTo,
            String publicKey) {
        static KeyView of(KeyRegisteredV1 key) {
            return new KeyView(
                    key.keyId(),
                    key.owner().service().path(),
                    key.owner().region(),
                    key.validFrom(),
                    key.validTo(),
                    key.publicKey().base64());
        }
    }

    /** In the order of the keys' ids. */
    @GetMapping
    Page<KeyView> keys(Caller caller, PageRequest page, @RequestParam(required = false) @Nullable RegionCode region) {
        caller.requireRole(Role.OPERATOR, Role.AUDITOR, Role.CLERK, Role.REVIEWER);
        var after = page.after() == null ? "" : page.after();
        return Page.of(page, directory.keys(region, after, page.limitPlusOne()), KeyRegisteredV1::keyId)
                .map(KeyView::of);
    }
}
