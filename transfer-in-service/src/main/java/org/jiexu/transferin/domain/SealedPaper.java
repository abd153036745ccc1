package org.jiexu.transferin.domain;

import java.time.Instant;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.Bytes;

/** 盖章单据 — a paper's exact text and the receiving region's seal over it. */
public record SealedPaper(CasePaper.Kind kind, String text, String keyId, Bytes seal, Instant issuedAt) {

    public static SealedPaper seal(CasePaper paper, Sm2KeyPair key, Instant at) {
        var text = WireJson.text(paper);
        return new SealedPaper(paper.kind(), text, key.publicKey().keyId(), key.sign(Bytes.ofUtf8(text)), at);
    }

    public CasePaper read() {
        return WireJson.read(text, CasePaper.class);
    }

    /** Without the text: it is about a person. */
    @Override
    public String toString() {
        return "SealedPaper[" + kind + "]";
    }
}
