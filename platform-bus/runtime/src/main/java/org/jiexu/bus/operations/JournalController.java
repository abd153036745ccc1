package org.jiexu.bus.operations;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.directory.SigningKey;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.signing.Sm3;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 事件日志 — what this service has said about a case, and whether each word still bears its signature. */
@RestController
@RequestMapping("/api/v1/operations/services/{service}/{region}/journal")
class JournalController {
    private static final Pattern SUBJECT = Pattern.compile("[0-9A-Za-z._*-]{1,80}");

    private final ServiceIdentity identity;
    private final JournalStore journal;
    private final Directory directory;

    JournalController(ServiceIdentity identity, JournalStore journal, Directory directory) {
        this.identity = identity;
        this.journal = journal;
        this.directory = directory;
    }

    /** @param sm3 of the data as it was signed, so that another copy can be compared with it */
    record EventView(
            String id,
            String topic,
            String type,
            String source,
            String to,
            long sequence,
            String time,
            String keyId,
            String dataMasked,
            String sm3) {
        static EventView of(JournalStore.Said said) {
            var envelope = said.envelope();
            return new EventView(
                    envelope.id(),
                    said.topic(),
                    envelope.type(),
                    envelope.source(),
                    envelope.to(),
                    envelope.sequence(),
                    envelope.time(),
                    envelope.keyId(),
                    PersonMask.event(envelope.data().toArray()),
                    Sm3.of(envelope.data()).hex());
        }
    }

    @GetMapping("/{subject}")
    Page<EventView> about(
            Caller caller,
            @PathVariable String service,
            @PathVariable RegionCode region,
            @PathVariable String subject,
            PageRequest page) {
        var of = Watched.by(caller, identity, service, region);
        if (!SUBJECT.matcher(subject).matches()) {
            throw Problem.notFound();
        }
        var fetched =
                journal.about(of.source(), subject, ServiceOperationsController.position(page, 0), page.limitPlusOne());
        return Page.of(page, fetched, said -> String.valueOf(said.position())).map(EventView::of);
    }

    /** 验签结果. */
    record Verification(
            boolean valid,
            @Nullable String signer,
            String keyId,
            @Nullable Instant keyValidFrom,
            @Nullable Instant keyValidUntil,
            Instant at,
            @Nullable String reason) {}

    /** Checked now, against the key that the directory knows; a key is judged by its validity at the event's time. */
    @PostMapping("/events/{event}/verify")
    Verification verify(
            Caller caller, @PathVariable String service, @PathVariable RegionCode region, @PathVariable UUID event) {
        var of = Watched.by(caller, identity, service, region);
        var envelope = journal.find(of.source(), event.toString())
                .map(JournalStore.Said::envelope)
                .orElseThrow(Problem::notFound);
        var key = directory.signingKey(envelope.keyId()).orElse(null);
        var fault = fault(envelope, key);
        return new Verification(
                fault == null,
                key == null ? null : key.owner().toString(),
                envelope.keyId(),
                key == null ? null : key.validFrom(),
                key == null ? null : key.validTo(),
                envelope.instant(),
                fault);
    }

    private static @Nullable String fault(Envelope envelope, @Nullable SigningKey key) {
        if (key == null) {
            return "签名密钥未登记";
        }
        if (!key.owner().toString().equals(envelope.source())) {
            return "签名密钥属于另一服务";
        }
        if (!key.isValidAt(envelope.instant())) {
            return "签名时密钥不在有效期内";
        }
        return envelope.isSignedBy(key.publicKey()) ? null : "签名与内容不符";
    }
}
