package org.jiexu.bus.web;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jiexu.bus.security.SecurityConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** The whole door of a service that has a database: {@link DoorConfiguration}, token checks and Idempotency-Key. */
@Configuration(proxyBeanMethods = false)
@Import({DoorConfiguration.class, SecurityConfiguration.class})
public class WebConfiguration {

    @Bean
    IdempotencyStore idempotencyStore(
            JdbcClient jdbc, @Value("${jiexu.web.idempotency.patience:30s}") Duration patience) {
        return new IdempotencyStore(jdbc, patience);
    }

    @Bean
    FilterRegistrationBean<IdempotencyFilter> jiexuIdempotencyFilter(IdempotencyStore store) {
        var registration = new FilterRegistrationBean<>(new IdempotencyFilter(store));
        registration.setOrder(DoorConfiguration.AFTER_SECURITY + 10);
        return registration;
    }

    @Bean
    FilterRegistrationBean<RouteFilter> jiexuRouteFilter(ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
        // Asked for with the first request: the mappings are made after the filters.
        var all = SingletonSupplier.of(() -> mappings.orderedStream().toList());
        var registration = new FilterRegistrationBean<>(new RouteFilter(all::obtain));
        registration.setOrder(DoorConfiguration.BEFORE_BODY);
        return registration;
    }

    @Bean
    Guesses jiexuGuesses(MeterRegistry meters) {
        return new Guesses(meters);
    }

    /** House rule: an answer can be asked for again for a day; then nothing about a person is left here. */
    @Bean
    RecurringTask<Void> forgetIdempotencyKeys(
            IdempotencyStore store, @Value("${jiexu.web.idempotency.kept:24h}") Duration kept) {
        return Tasks.recurring("forget-idempotency-keys", FixedDelay.ofHours(1))
                .execute((instance, context) -> store.forgetOlderThan(kept));
    }

    @Bean
    WebMvcConfigurer jiexuCreatesGuard() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new CreatesGuard());
            }
        };
    }
}
