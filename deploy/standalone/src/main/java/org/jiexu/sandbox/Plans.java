package org.jiexu.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.sandbox.sample.SampleRegion;

/** Which services run, with which regions and settings. */
public final class Plans {

    private static final String OTHERS = "others";
    private static final List<String> HOSTING = List.of("transfer-in", "transfer-out", "settlement");

    /** All services share one class path; what belongs to the gateway alone must not wake up in the others. */
    private static final List<String> GATEWAYS_OWN = List.of(
            "org.springframework.cloud.gateway.server.mvc.GatewayServerMvcAutoConfiguration",
            "org.springframework.cloud.gateway.server.mvc.GatewayMvcClassPathWarningAutoConfiguration",
            "org.springframework.cloud.gateway.server.mvc.filter.FilterAutoConfiguration",
            "org.springframework.cloud.gateway.server.mvc.predicate.PredicateAutoConfiguration",
            "org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctionAutoConfiguration");

    private final Addresses addresses;
    private final Path registryKey;
    private final String serviceSecret;
    private final String jdbcPrefix;
    private final String user;

    public Plans(Addresses addresses, DataDirectory data, String jdbcPrefix, String user) {
        this.addresses = addresses;
        this.registryKey = data.file("registry.key");
        this.serviceSecret = data.serviceSecret();
        this.jdbcPrefix = jdbcPrefix;
        this.user = user;
    }

    public List<ServicePlan> of(Form form) {
        return switch (form) {
            case ONE_JVM -> oneJvm();
            case PROCESSES -> processes();
        };
    }

    private List<ServicePlan> oneJvm() {
        var plans = new ArrayList<ServicePlan>();
        plans.add(registry());
        for (int i = 0; i < HOSTING.size(); i++) {
            String kind = HOSTING.get(i);
            plans.add(hosting(kind, kind, addresses.service(i), List.of(SampleRegion.values())));
        }
        plans.add(gateway());
        return plans;
    }

    /** 济宁 and 长沙 alone, the other regions together: as two cities and a province would run them. */
    private List<ServicePlan> processes() {
        var plans = new ArrayList<ServicePlan>();
        plans.add(registry());
        int index = 0;
        for (var group : groups().entrySet()) {
            for (String kind : HOSTING) {
                plans.add(hosting(kind + "-" + group.getKey(), kind, addresses.process(index), group.getValue()));
                index++;
            }
        }
        plans.add(gateway());
        return plans;
    }

    private static Map<String, List<SampleRegion>> groups() {
        var alone = List.of(SampleRegion.JINING, SampleRegion.CHANGSHA);
        var groups = new LinkedHashMap<String, List<SampleRegion>>();
        alone.forEach(region -> groups.put(region.code().value(), List.of(region)));
        groups.put(
                OTHERS,
                Stream.of(SampleRegion.values())
                        .filter(region -> !alone.contains(region))
                        .toList());
        return groups;
    }

    /** Whether it hosts, as a process, the regions that do not stand alone. */
    static boolean isOfOthers(ServicePlan plan) {
        return plan.name().endsWith("-" + OTHERS);
    }

    private static String mainClass(String kind) {
        return switch (kind) {
            case "transfer-in" -> "org.jiexu.transferin.TransferInApplication";
            case "transfer-out" -> "org.jiexu.transferout.TransferOutApplication";
            case "settlement" -> "org.jiexu.settlement.SettlementApplication";
            default -> throw new IllegalArgumentException("hosts no regions: " + kind);
        };
    }

    private ServicePlan registry() {
        var arguments = service("registry", addresses.registry(), "registry");
        arguments.add("--jiexu.registry.on-platform=" + codes(List.of(SampleRegion.values())));
        arguments.addAll(SandboxPolicies.arguments());
        return new ServicePlan(
                "registry",
                "registry",
                "org.jiexu.registry.RegistryApplication",
                "registry",
                addresses.registry(),
                List.of(),
                List.copyOf(arguments));
    }

    private ServicePlan hosting(String name, String kind, URI address, List<SampleRegion> regions) {
        var arguments = service(name, address, ServicePlan.databaseOf(name));
        arguments.add("--jiexu.regions=" + codes(regions));
        if (kind.equals("settlement") && regions.size() > 1) {
            // A city hosts itself; who hosts many also settles between them.
            arguments.add("--jiexu.clearing.provinces=" + provinces());
        }
        return new ServicePlan(
                name, kind, mainClass(kind), ServicePlan.databaseOf(name), address, regions, List.copyOf(arguments));
    }

    private ServicePlan gateway() {
        var arguments = common("gateway", addresses.gateway());
        arguments.add("--jiexu.console.sandbox=" + addresses.issuer());
        return new ServicePlan(
                "gateway",
                "gateway",
                "org.jiexu.gateway.GatewayApplication",
                null,
                addresses.gateway(),
                List.of(),
                List.copyOf(arguments));
    }

    private List<String> service(String name, URI address, String database) {
        var arguments = common(name, address);
        arguments.add("--spring.datasource.url=" + jdbcPrefix + database);
        arguments.add("--spring.datasource.username=" + user);
        arguments.add("--spring.datasource.password=");
        arguments.add("--spring.autoconfigure.exclude=" + String.join(",", GATEWAYS_OWN));
        return arguments;
    }

    private List<String> common(String name, URI address) {
        return new ArrayList<>(List.of(
                "--server.address=127.0.0.1",
                "--server.port=" + address.getPort(),
                "--jiexu.management.port=" + (address.getPort() + Addresses.MANAGEMENT),
                "--spring.kafka.bootstrap-servers=127.0.0.1:" + addresses.kafka(),
                "--jiexu.base-url=" + address,
                "--jiexu.registry-url=" + addresses.registry(),
                "--jiexu.issuer=" + addresses.issuer(),
                "--jiexu.jwks-uri=" + addresses.issuer() + "/oauth2/jwks",
                "--jiexu.client-id=service-" + name,
                "--jiexu.client-secret=" + serviceSecret,
                "--jiexu.clock.mode=sandbox",
                "--jiexu.trust.registry-key-file=" + registryKey));
    }

    private static String provinces() {
        return Stream.of(SampleRegion.values())
                .map(region -> region.code().province())
                .distinct()
                .collect(Collectors.joining(","));
    }

    private static String codes(List<SampleRegion> regions) {
        return regions.stream().map(region -> region.code().value()).collect(Collectors.joining(","));
    }
}
