package org.jiexu.sandbox;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jiexu.infrastructure.Ports;

/** Who listens where; everything on loopback, from one base port upward. */
public record Addresses(int base) {

    public static final int DEFAULT_BASE = 8080;

    /** Ports from the base that the sandbox may use. */
    static final int WIDTH = 50;

    /** So far above a service's own port is that of its measures. */
    public static final int MANAGEMENT = 30;

    /** "Bad ports" of the Fetch standard, from 1024 on: a browser opens no page there. */
    private static final Set<Integer> REFUSED_BY_BROWSERS = Set.of(
            1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
            10080);

    private static final int FIRST_GROUP = 10;
    private static final int POSTGRES = 20;

    public Addresses {
        if (base < 1024 || base > 65_535 - WIDTH) {
            throw new CannotStart("--port-base must lie between 1024 and " + (65_535 - WIDTH));
        }
    }

    /** A base whose ports were all free a moment ago, below those that outgoing connections take. */
    public static Addresses free() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int base = 10_000 + Ports.free() % 20_000;
            if (IntStream.range(base, base + WIDTH).allMatch(Ports::isFree)) {
                return new Addresses(base);
            }
        }
        throw new CannotStart("no " + WIDTH + " free ports in a row on this machine");
    }

    public URI gateway() {
        return at(base);
    }

    public URI issuer() {
        return at(base + 1);
    }

    public URI registry() {
        return at(base + 2);
    }

    /** The {@code index}th of the other services of one JVM. */
    URI service(int index) {
        return at(base + 3 + index);
    }

    /** The {@code index}th service process that hosts regions. */
    public URI process(int index) {
        return at(base + FIRST_GROUP + index);
    }

    public int postgres() {
        return base + POSTGRES;
    }

    public int kafka() {
        return base + POSTGRES + 1;
    }

    public int kafkaController() {
        return base + POSTGRES + 2;
    }

    /** The {@code index}th port that nobody takes when services run in their usual form: for what stands between. */
    public int spare(int index) {
        return base + POSTGRES + 3 + index;
    }

    /** A warning when a browser would refuse the console's or the issuer's port; empty when it opens both. */
    String browserWarning() {
        var refused = Stream.of(base, base + 1)
                .filter(REFUSED_BY_BROWSERS::contains)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return refused.isEmpty()
                ? ""
                : "browsers refuse to open port " + refused + " (ERR_UNSAFE_PORT): the console will not be seen;"
                        + " take another --port-base. 浏览器会拒绝打开该端口，请换一个 --port-base。";
    }

    List<Integer> own() {
        return List.of(base, base + 1, kafka(), kafkaController());
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
