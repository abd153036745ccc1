package org.jiexu.bus;

import org.jiexu.bus.client.ClientConfiguration;
import org.jiexu.bus.client.RegistrationRequest;
import org.jiexu.bus.client.RegistryClient;
import org.jiexu.bus.journal.SigningKeys;
import org.jiexu.bus.service.JiexuProperties;
import org.jiexu.bus.service.Registration;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.wire.vocabulary.ServiceName;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** What every service but the registry has: a registry to ask, and to be registered at. */
@Configuration(proxyBeanMethods = false)
@Conditional(MemberConfiguration.NotTheRegistry.class)
@Import(ClientConfiguration.class)
class MemberConfiguration {
    @Bean
    Registration registration(
            ServiceIdentity identity, JiexuProperties properties, SigningKeys keys, RegistryClient registry) {
        return new Registration(() -> registry.register(new RegistrationRequest(
                identity.service(),
                properties.baseUrl(),
                identity.regions().stream().toList(),
                keys.publicHalves().stream()
                        .map(key ->
                                new RegistrationRequest.Key(key.keyId(), key.owner(), key.publicKey(), key.validFrom()))
                        .toList())));
    }

    static final class NotTheRegistry implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !ServiceName.REGISTRY
                    .name()
                    .equalsIgnoreCase(context.getEnvironment().getProperty("jiexu.service"));
        }
    }
}
