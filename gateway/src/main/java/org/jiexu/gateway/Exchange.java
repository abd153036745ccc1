package org.jiexu.gateway;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.cloud.gateway.server.mvc.handler.RestClientProxyExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/** Passes a request on, and waits for its answer as long as its pace allows. */
@Configuration(proxyBeanMethods = false)
class Exchange {
    @Bean
    ProxyExchange pacedExchange(
            RestClient.Builder clients,
            ClientHttpRequestFactoryBuilder<?> factories,
            HttpClientSettings settings,
            GatewayMvcProperties properties,
            @Value("${jiexu.gateway.long-answers:60s}") Duration patience) {
        var patient = clients.clone().requestFactory(factories.build(settings.withReadTimeout(patience)));
        var quick = new RestClientProxyExchange(clients.build(), properties);
        var slow = new RestClientProxyExchange(patient.build(), properties);
        return request -> request.getServerRequest()
                        .attribute(Entrance.TARGET)
                        .filter(target -> target instanceof Target(var _, var _, var pace) && pace == Pace.LONG)
                        .isPresent()
                ? slow.exchange(request)
                : quick.exchange(request);
    }
}
