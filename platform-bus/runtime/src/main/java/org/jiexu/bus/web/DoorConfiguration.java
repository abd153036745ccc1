package org.jiexu.bus.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.FixedLocaleResolver;

/** What every door does alike and that needs no database: problem documents, trace, strict JSON, limits, paging. */
@Configuration(proxyBeanMethods = false)
@Import({ProblemHandler.class, ErrorPage.class, OpenApiConfiguration.class})
public class DoorConfiguration {
    /** Spring Security's filter stands at -100: who is calling is known before a body is read. */
    public static final int AFTER_SECURITY = -90;

    /** What is asked about the address comes between the two. */
    public static final int BEFORE_BODY = -95;

    /** Of the heap: several services may share one JVM. */
    private static final int LARGE_PART = 16;

    @Bean
    FilterRegistrationBean<DoorFilter> jiexuDoorFilter() {
        var registration = new FilterRegistrationBean<>(new DoorFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    /** After Boot's own customizer: the valve that is added last is asked first. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    ContainerProblems jiexuContainerProblems() {
        return new ContainerProblems();
    }

    /** A client that waits to be told to go on is told so when its body is read, not before. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> jiexuBodies() {
        return factory -> {
            factory.addConnectorCustomizers(connector -> connector.setProperty("continueResponseTiming", "onRead"));
            factory.addContextValves(new CutOff());
        };
    }

    /** House rule: a client may pause for ten seconds, and sends 32 KB a second after the first ten. */
    @Bean
    FilterRegistrationBean<BodyFilter> jiexuBodyFilter(
            @Value("${jiexu.web.max-body:64KB}") DataSize most,
            @Value("${jiexu.web.max-import-body:32MB}") DataSize mostOfAnImport,
            @Value("${jiexu.web.max-list-body:4MB}") DataSize mostOfAList,
            @Value("${jiexu.web.max-file-body:16MB}") DataSize mostOfAFile,
            @Value("${jiexu.web.body-grace:10s}") Duration grace,
            @Value("${jiexu.web.body-rate:32KB}") DataSize perSecond,
            @Value("${jiexu.web.bodies-in-memory:0B}") DataSize inMemory,
            @Value("${jiexu.web.stream-files:true}") boolean streamsFiles,
            MeterRegistry meters) {
        var limits = new BodyLimits(most, mostOfAnImport, mostOfAList, mostOfAFile);
        long large = inMemory.toBytes() > 0
                ? inMemory.toBytes()
                : Runtime.getRuntime().maxMemory() / LARGE_PART;
        var ordinaryBodies = new BodyBudget(Math.max(large / 2, most.toBytes() + 1));
        // At least one of the largest has to fit.
        var largeBodies = new BodyBudget(Math.max(large, mostOfAnImport.toBytes() + 1));
        measured(meters, "ordinary", ordinaryBodies);
        measured(meters, "large", largeBodies);
        var registration = new FilterRegistrationBean<>(new BodyFilter(
                limits, new Patience(grace, perSecond.toBytes()), ordinaryBodies, largeBodies, streamsFiles));
        registration.setOrder(AFTER_SECURITY);
        return registration;
    }

    private static void measured(MeterRegistry meters, String kind, BodyBudget budget) {
        Gauge.builder("jiexu.web.bodies", budget, BodyBudget::taken)
                .description("Bytes of bodies in memory")
                .baseUnit("bytes")
                .tag("kind", kind)
                .register(meters);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    JsonFactoryBuilderCustomizer jiexuJsonLimits() {
        return InboundJson::limits;
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    JsonMapperBuilderCustomizer jiexuStrictJson() {
        return InboundJson::strict;
    }

    /** Chinese whatever the client's Accept-Language says: the messages of validation are part of the answers. */
    @Bean
    LocaleResolver localeResolver() {
        return new FixedLocaleResolver(Locale.SIMPLIFIED_CHINESE);
    }

    @Bean
    WebMvcConfigurer jiexuPaging() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new PageRequestArgument());
            }
        };
    }
}
