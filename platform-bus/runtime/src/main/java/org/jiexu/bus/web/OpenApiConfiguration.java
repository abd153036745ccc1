package org.jiexu.bus.web;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every service's OpenAPI says alike: bearer tokens, problem documents, value types as text. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(OpenApiCustomizer.class)
class OpenApiConfiguration {
    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Caller.class, PageRequest.class)
                .replaceWithClass(RegionCode.class, String.class)
                .replaceWithClass(CaseNumber.class, String.class)
                .replaceWithClass(PersonId.class, String.class)
                .replaceWithClass(RemittanceNumber.class, String.class)
                .replaceWithClass(Fen.class, String.class);
    }

    @Bean
    OpenApiCustomizer jiexuOpenApi() {
        return api -> {
            if (api.getComponents() == null) {
                api.setComponents(new Components());
            }
            api.getComponents()
                    .addSecuritySchemes(
                            "bearer",
                            new SecurityScheme()
                                    .type(SecurityScheme.Type.HTTP)
                                    .scheme("bearer")
                                    .bearerFormat("JWT"));
            ModelConverters.getInstance().readAll(ProblemDocument.class).forEach(api.getComponents()::addSchemas);
            api.addSecurityItem(new SecurityRequirement().addList("bearer"));
        };
    }

    /** The members of a problem document, for the OpenAPI only; {@link Problem#document()} writes them. */
    record ProblemDocument(
            String type,
            String title,
            int status,
            String detail,
            String code,
            @Nullable List<CodedReason> reasons,
            @Nullable List<FieldProblem> errors) {}
}
