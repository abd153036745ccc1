package org.jiexu.bus.client;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The registry's client and the service token it carries. The breaker's meters come with its registry. */
@Configuration(proxyBeanMethods = false)
public class ClientConfiguration {

    @Bean
    ServiceTokens serviceTokens(
            @Value("${jiexu.token-uri:${jiexu.issuer}/oauth2/token}") URI endpoint,
            @Value("${jiexu.client-id}") String clientId,
            @Value("${jiexu.client-secret}") String clientSecret) {
        return new ServiceTokens(endpoint, clientId, clientSecret);
    }

    @Bean
    RegistryClient registryClient(
            @Value("${jiexu.registry-url}") URI registry,
            ServiceTokens tokens,
            ObjectProvider<CircuitBreakerRegistry> breakers) {
        return new RegistryClient(registry, tokens, breakers.getIfAvailable(CircuitBreakerRegistry::ofDefaults));
    }
}
