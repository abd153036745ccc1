package org.jiexu.gateway;

import org.jiexu.bus.directory.DirectoryConfiguration;
import org.jiexu.bus.security.SecurityConfiguration;
import org.jiexu.bus.service.JiexuProperties;
import org.jiexu.bus.service.JiexuService;
import org.jiexu.bus.web.DoorConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** 网关 — the one door for APP backends, portals and operators. Keeps nothing. */
@SpringBootApplication
@EnableConfigurationProperties(JiexuProperties.class)
@Import({DirectoryConfiguration.class, DoorConfiguration.class, SecurityConfiguration.class})
public class GatewayApplication {
    public static void main(String[] args) {
        JiexuService.run(GatewayApplication.class, "gateway", args);
    }
}
