package org.jiexu.bus.web;

import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
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
    static final int AFTER_SECURITY = -90;

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

    @Bean
    FilterRegistrationBean<BodyFilter> jiexuBodyFilter(
            @Value("${jiexu.web.max-body:64KB}") DataSize most,
            @Value("${jiexu.web.max-import-body:32MB}") DataSize mostOfAnImport,
            @Value("${jiexu.web.max-list-body:4MB}") DataSize mostOfAList,
            @Value("${jiexu.web.max-file-body:16MB}") DataSize mostOfAFile,
            @Value("${jiexu.web.stream-files:true}") boolean streamsFiles) {
        var registration = new FilterRegistrationBean<>(
                new BodyFilter(most, mostOfAnImport, mostOfAList, mostOfAFile, streamsFiles));
        registration.setOrder(AFTER_SECURITY);
        return registration;
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
