package org.jiexu.bus.service;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator sets for a service.
 *
 * @param service which service this is; none for the gateway
 * @param regions the regions hosted here, empty for registry and gateway
 * @param instance tells several instances of one service and database apart; the machine's name where it is not set
 * @param baseUrl where others reach this instance
 * @param registryUrl where the registry answers
 * @param issuer of the tokens accepted here
 * @param clearing the provinces whose clearing centre is hosted here, settlement only
 * @param crash a crash point to arm, tests only
 */
@ConfigurationProperties("jiexu")
public record JiexuProperties(
        @Nullable ServiceName service,
        @DefaultValue List<String> regions,
        @DefaultValue("") String instance,
        URI baseUrl,
        URI registryUrl,
        URI issuer,
        @DefaultValue Clock clock,
        Trust trust,
        @DefaultValue Outbox outbox,
        @DefaultValue Clearing clearing,
        @DefaultValue("") String crash) {

    /** {@code mode} sandbox: the clock starts at {@code start} and an operator moves it; system: the machine's clock. */
    public record Clock(
            @DefaultValue("SYSTEM") Mode mode,
            @DefaultValue("2026-09-14T01:00:00Z") Instant start) {
        public enum Mode {
            SYSTEM,
            SANDBOX
        }
    }

    /** The file in which the registry hands over its public key. */
    public record Trust(Path registryKeyFile) {}

    public record Outbox(@DefaultValue("4") int shards) {}

    /** 清算中心 — settles between the regions of a province; it signs and is listed under the province's code (R7). */
    public record Clearing(@DefaultValue List<String> provinces) {
        public List<RegionCode> centres() {
            return provinces.stream().map(RegionCode::new).toList();
        }
    }

    /** The regions, and the provinces whose centre this is. */
    public List<RegionCode> hostedRegions() {
        return Stream.concat(regions.stream().map(RegionCode::new), clearing.centres().stream())
                .toList();
    }

    /** Stays the same over restarts on one machine, so that a killed instance takes its partitions over at once. */
    public String instanceOrHost() {
        if (!instance.isBlank()) {
            return instance;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed";
        }
    }

    public boolean isSandbox() {
        return clock.mode() == Clock.Mode.SANDBOX;
    }
}
