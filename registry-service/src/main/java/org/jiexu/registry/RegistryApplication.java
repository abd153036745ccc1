package org.jiexu.registry;

import org.jiexu.bus.BusConfiguration;
import org.jiexu.bus.client.ClientConfiguration;
import org.jiexu.bus.service.JiexuService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** 登记服务. */
@SpringBootApplication
@EnableConfigurationProperties(RegistryProperties.class)
@Import({BusConfiguration.class, ClientConfiguration.class})
public class RegistryApplication {
    public static void main(String[] args) {
        JiexuService.run(RegistryApplication.class, "registry", args);
    }
}
