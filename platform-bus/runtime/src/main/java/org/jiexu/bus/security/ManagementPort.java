package org.jiexu.bus.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * The port of the machine room: measures, the details of health and the description of the API are answered here and
 * nowhere else, so that whoever runs the platform closes one port to the world. A second door into the same server; a
 * second server would cost each service its start-up time and memory once more.
 */
public final class ManagementPort implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    /** Without a setting: so far above the service's own port. */
    private static final int ABOVE = 1000;

    private static final int HIGHEST = 65_535;

    private final int wanted;
    private final @Nullable InetAddress address;
    private volatile @Nullable Connector connector;

    ManagementPort(@Nullable Integer wanted, int serverPort, @Nullable InetAddress address) {
        this.wanted =
                wanted != null ? wanted : serverPort == 0 || serverPort > HIGHEST - ABOVE ? 0 : serverPort + ABOVE;
        this.address = address;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        var made = new Connector();
        made.setPort(wanted);
        if (made.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
            if (address != null) {
                protocol.setAddress(address);
            }
            protocol.setExecutor(new VirtualThreadExecutor("management-"));
        }
        factory.addAdditionalConnectors(made);
        connector = made;
    }

    /** Where it listens; -1 before it does. */
    public int port() {
        var made = connector;
        return made == null ? -1 : made.getLocalPort();
    }

    boolean isAskedBy(HttpServletRequest request) {
        return request.getLocalPort() == port();
    }
}
