package org.jiexu.sandbox;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jspecify.annotations.Nullable;

/**
 * One service as it is to run: the same for a context of the one JVM and for a process of its own.
 *
 * @param name also of its log, its process file and its token client
 * @param kind the name that its settings files have
 * @param mainClass starts it
 * @param database null for the gateway, which keeps nothing
 * @param regions hosted here
 * @param arguments settings as Spring takes them on a command line
 */
public record ServicePlan(
        String name,
        String kind,
        String mainClass,
        @Nullable String database,
        URI address,
        List<SampleRegion> regions,
        List<String> arguments) {

    /** Pings this; 200 means that it takes work. */
    public URI health() {
        return address.resolve("/actuator/health");
    }

    /** Measures and the details of health. */
    public URI measures() {
        return URI.create("http://127.0.0.1:" + (address.getPort() + Addresses.MANAGEMENT) + "/actuator/prometheus");
    }

    static String databaseOf(String name) {
        return name.replace('-', '_').toLowerCase(Locale.ROOT);
    }
}
