package org.jiexu.bus.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jiexu.bus.security.ManagementPort;
import org.springframework.context.ApplicationContext;

/** What a running service says on its management port. */
public final class MachineRoom {
    private MachineRoom() {}

    public static String measures(ApplicationContext service) {
        var port = service.getBean(ManagementPort.class).port();
        try (var in = URI.create("http://127.0.0.1:" + port + "/actuator/prometheus")
                .toURL()
                .openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
