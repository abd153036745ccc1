package org.jiexu.auditor;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.jce.ECNamedCurveTable;

/** I5: what was delivered is what was signed: signatures verify, journal, topic and inboxes agree byte for byte. */
final class BytesIdentical implements Check {
    private static final ECDomainParameters CURVE = curve();

    private final Set<Octets> verifiedBefore;

    BytesIdentical(Set<Octets> verifiedBefore) {
        this.verifiedBefore = verifiedBefore;
    }

    @Override
    public String invariant() {
        return "I5";
    }

    @Override
    public String holds() {
        return "every byte is the one that was signed";
    }

    @Override
    public Result look(Facts facts) {
        var broken = new ArrayList<String>();
        var keys = keys(facts);
        var outside = new HashSet<String>();
        facts.all("quarantined")
                .forEach(row ->
                        outside.add(row.text("topic") + "-" + row.text("partition") + "@" + row.text("log_offset")));
        int verified = 0;
        var first = new HashMap<String, Said>();
        for (var said : facts.said()) {
            if (outside.contains(said.place())) {
                continue;
            }
            verified++;
            var known = first.putIfAbsent(said.id(), said);
            if (known != null && known.saysTheSameAs(said)) {
                continue;
            }
            if (known != null) {
                broken.add(said + " has the id of " + known + " and another content");
            }
            var key = keys.get(said.keyId());
            if (key == null || !verifies(key, said)) {
                broken.add(said + " is not signed by its key");
            }
        }
        journals(facts, first, broken);
        inboxes(facts, first, outside, broken);
        return new Result(verified + " signatures", broken);
    }

    /** From the directory, and from each service's own table for keys that the registry's compaction has dropped. */
    private static Map<String, ECPublicKeyParameters> keys(Facts facts) {
        var keys = new HashMap<String, ECPublicKeyParameters>();
        facts.all("published_key").forEach(row -> keys.put(row.text("key_id"), key(row.text("public_key"))));
        facts.ofType("key.registered.v1").forEach(said -> {
            var json = said.json();
            keys.put(json.path("keyId").asString(""), key(json.path("publicKey").asString("")));
        });
        return keys;
    }

    private static ECPublicKeyParameters key(String base64) {
        return new ECPublicKeyParameters(
                CURVE.getCurve().decodePoint(Base64.getDecoder().decode(base64)), CURVE);
    }

    private boolean verifies(ECPublicKeyParameters key, Said said) {
        var content = new ByteArrayOutputStream();
        content.writeBytes(key.getQ().getEncoded(false));
        content.writeBytes(said.signature().toArray());
        content.writeBytes(said.signed());
        var digest = Octets.of(Said.sm3(content.toByteArray()));
        if (verifiedBefore.contains(digest)) {
            return true;
        }
        boolean verified = verifiesAnew(key, said);
        if (verified) {
            verifiedBefore.add(digest);
        }
        return verified;
    }

    private static boolean verifiesAnew(ECPublicKeyParameters key, Said said) {
        var signer = new SM2Signer();
        signer.init(false, key);
        byte[] content = said.signed();
        signer.update(content, 0, content.length);
        return signer.verifySignature(said.signature().toArray());
    }

    private static void journals(Facts facts, Map<String, Said> topics, List<String> broken) {
        facts.all("event_journal").forEach(row -> {
            var said = topics.get(row.text("id"));
            if (said != null
                    && !(said.data().equals(bytes(row, "data"))
                            && said.signature().equals(bytes(row, "signature"))
                            && said.line()
                                    .equals(row.text("source") + " " + row.text("subject") + " " + row.text("topic"))
                            && said.sequence() == row.number("sequence"))) {
                broken.add(said + " is not what its journal says");
            }
        });
    }

    private static Octets bytes(Row row, String column) {
        return Octets.of(HexFormat.of().parseHex(row.text(column).substring(2)));
    }

    private static void inboxes(Facts facts, Map<String, Said> topics, Set<String> outside, List<String> broken) {
        for (var database : facts.databases()) {
            for (var row : database.rows("inbox")) {
                var said = topics.get(row.text("id"));
                if (said != null
                        && !outside.contains(said.place())
                        && !row.is("digest", HexFormat.of().formatHex(Said.sm3(said.signed())))) {
                    broken.add(database.name() + " has taken in another content of " + said);
                }
            }
        }
    }

    private static ECDomainParameters curve() {
        var named = ECNamedCurveTable.getParameterSpec("sm2p256v1");
        return new ECDomainParameters(named.getCurve(), named.getG(), named.getN(), named.getH());
    }
}
