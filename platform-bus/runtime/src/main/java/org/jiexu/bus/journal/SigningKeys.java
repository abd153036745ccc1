package org.jiexu.bus.journal;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.wire.contract.KeyRegisteredV1;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.Source;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The keys this service signs with, one per hosted region, generated at first start. The private half never leaves this
 * service's database.
 */
public final class SigningKeys {
    /** A key signs from before the business clock's first tick: clocks of two machines never agree to the second. */
    private static final java.time.Duration EARLIER = java.time.Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final ServiceIdentity identity;
    private final Clock clock;
    private final Map<Source, Sm2KeyPair> pairs = new ConcurrentHashMap<>();

    public SigningKeys(JdbcClient jdbc, ServiceIdentity identity, Clock clock) {
        this.jdbc = jdbc;
        this.identity = identity;
        this.clock = clock;
    }

    /** Generates what is missing. Several instances may do so at once: the first row wins. */
    public void generateMissing() {
        for (Source source : identity.sources()) {
            if (!exists(source)) {
                var pair = Sm2KeyPair.generate();
                jdbc.sql("""
                    insert into signing_key (key_id, source, private_key, public_key, valid_from)
                    values (:keyId, :source, :privateKey, :publicKey, :validFrom)
                    on conflict do nothing
                    """)
                        .param("keyId", pair.publicKey().keyId())
                        .param("source", source.toString())
                        .param("privateKey", pair.privateBytes().toArray())
                        .param("publicKey", pair.publicKey().encoded().toArray())
                        .param(
                                "validFrom",
                                OffsetDateTime.ofInstant(clock.instant().minus(EARLIER), ZoneOffset.UTC))
                        .update();
            }
        }
    }

    public Sm2KeyPair of(Source source) {
        return pairs.computeIfAbsent(source, this::load);
    }

    /** The public halves, to be registered. */
    public List<KeyRegisteredV1> publicHalves() {
        return jdbc.sql("select key_id, source, public_key, valid_from from signing_key order by source")
                .query((row, n) -> new KeyRegisteredV1(
                        row.getString("key_id"),
                        Source.parse(row.getString("source")),
                        Bytes.of(row.getBytes("public_key")),
                        row.getObject("valid_from", OffsetDateTime.class).toInstant(),
                        null))
                .list();
    }

    private boolean exists(Source source) {
        return jdbc.sql("select count(*) from signing_key where source = :source")
                        .param("source", source.toString())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private Sm2KeyPair load(Source source) {
        byte[] secret = jdbc.sql("select private_key from signing_key where source = :source")
                .param("source", source.toString())
                .query(byte[].class)
                .optional()
                .orElseThrow(() -> new IllegalStateException("no signing key for " + source));
        return Sm2KeyPair.ofPrivate(Bytes.of(secret));
    }
}
