package org.jiexu.gateway;

import java.util.List;
import org.jiexu.bus.security.OpenPaths;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The description of the API is for everybody. */
@Configuration(proxyBeanMethods = false)
class OpenDocs {
    @Bean
    OpenPaths docs() {
        return new OpenPaths(List.of("/docs", "/docs/**", "/swagger-ui/**"));
    }
}
