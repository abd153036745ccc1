package org.jiexu.registry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.jiexu.registry", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule domainIsPure = classes()
            .that()
            .resideInAPackage("org.jiexu.registry.domain")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.jiexu.registry.domain",
                    "org.jiexu.wire..",
                    "java..",
                    "org.jspecify..",
                    "com.fasterxml.jackson.annotation");

    @ArchTest
    static final ArchRule storesKnowNoDoor = noClasses()
            .that()
            .resideInAPackage("org.jiexu.registry.postgres")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jiexu.registry.web", "org.jiexu.registry.kafka", "org.jiexu.registry");

    @ArchTest
    static final ArchRule useCasesKnowNoDoor = noClasses()
            .that()
            .resideInAPackage("org.jiexu.registry")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jiexu.registry.web");
}
