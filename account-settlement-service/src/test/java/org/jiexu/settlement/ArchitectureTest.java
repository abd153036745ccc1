package org.jiexu.settlement;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.jiexu.settlement", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule DOMAIN_IS_PURE = classes()
            .that()
            .resideInAPackage("..domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "org.jiexu.wire..", "..settlement.domain..");

    @ArchTest
    static final ArchRule DOMAIN_READS_NO_CLOCK = noClasses()
            .that()
            .resideInAPackage("..domain..")
            .should()
            .callMethodWhere(target(name("now")).and(target(owner(resideInAPackage("java.time..")))));

    @ArchTest
    static final ArchRule NOBODY_READS_THE_SYSTEM_CLOCK = noClasses()
            .should()
            .callMethodWhere(target(name("now"))
                    .and(target(owner(resideInAPackage("java.time.."))))
                    .and(describe(
                            "without a clock",
                            call -> call.getTarget().getRawParameterTypes().isEmpty())));

    @ArchTest
    static final ArchRule THE_WEB_IS_NOT_CALLED = noClasses()
            .that()
            .resideOutsideOfPackage("..settlement.web..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..settlement.web..");

    @ArchTest
    static final ArchRule STORES_CALL_NO_USE_CASE = noClasses()
            .that()
            .resideInAPackage("..settlement.postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jiexu.settlement", "..settlement.web..");
}
