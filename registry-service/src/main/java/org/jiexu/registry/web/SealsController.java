package org.jiexu.registry.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.wire.contract.KeyRegisteredV1;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.signing.Sm2PublicKey;
import org.jiexu.wire.signing.Sm3;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 电子印章验证 — anybody who is logged in learns who sealed a paper, and whether it is unchanged (R9.4). */
@RestController
@RequestMapping("/api/v1/documents/verification")
class SealsController {
    private final DirectoryStore directory;

    SealsController(DirectoryStore directory) {
        this.directory = directory;
    }

    /** A paper as it was handed out: the exact text, the seal, and the key that the paper names. */
    record Sealed(
            @NotBlank @Size(max = 100_000) String text,
            @NotBlank @Size(max = 64) String sealKeyId,
            @NotNull Bytes seal) {
        @Override
        public String toString() {
            return "Sealed[" + sealKeyId + "]";
        }
    }

    /** 验证结论. */
    enum Finding {
        /** 真实. */
        GENUINE("印章有效，内容未被更改"),
        /** 被更改. */
        CHANGED("印章与内容不符：内容已被更改，或者印章不是这份材料的"),
        /** 未知的印章. */
        UNKNOWN_SEAL("平台没有登记过这一印章");

        private final String words;

        Finding(String words) {
            this.words = words;
        }
    }

    /**
     * @param region who sealed it; none where the seal is not known
     * @param digest SM3 of the text
     */
    record Verified(
            Finding finding,
            String words,
            @Nullable RegionCode region,
            @Nullable String regionName,
            @Nullable ServiceName service,
            @Nullable Instant keyValidFrom,
            @Nullable Instant keyValidTo,
            String digest) {}

    @PostMapping
    Verified verify(@Valid @RequestBody Sealed asked) {
        var text = Bytes.ofUtf8(asked.text());
        var digest = Sm3.of(text).hex();
        return directory
                .key(asked.sealKeyId())
                .map(key -> told(key, isSealed(key, text, asked.seal()) ? Finding.GENUINE : Finding.CHANGED, digest))
                .orElseGet(() -> new Verified(
                        Finding.UNKNOWN_SEAL, Finding.UNKNOWN_SEAL.words, null, null, null, null, null, digest));
    }

    private static boolean isSealed(KeyRegisteredV1 key, Bytes text, Bytes seal) {
        return Sm2PublicKey.of(key.publicKey()).verifies(text, seal);
    }

    private Verified told(KeyRegisteredV1 key, Finding finding, String digest) {
        var region = key.owner().region();
        return new Verified(
                finding,
                finding.words,
                region,
                region == null
                        ? null
                        : directory.region(region).map(RegionListedV1::name).orElse(null),
                key.owner().service(),
                key.validFrom(),
                key.validTo(),
                digest);
    }
}
