package org.jiexu.wire;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.WireJson;
import org.junit.jupiter.api.Test;

/** If it is not on the wire, it is not here: outside parties take this module as it is. */
class ArchitectureTest {
    private static final JavaClasses WIRE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.jiexu.wire");

    @Test
    void needsNoFramework() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "org.jiexu.wire..",
                        "java..",
                        "org.jspecify..",
                        "com.fasterxml.jackson.annotation..",
                        "tools.jackson..",
                        "org.apache.kafka..",
                        "org.bouncycastle.."))
                .check(WIRE);
    }

    @Test
    void dependsInwards() {
        mayUse("vocabulary", nothing());
        mayUse("signing", ours("vocabulary"));
        mayUse("contract", ours("vocabulary", "sheet"));
        mayUse("envelope", ours("vocabulary", "signing"));
        // The sheet is sealed as JSON text, and there is one way to write JSON.
        mayUse("sheet", ours("vocabulary", "signing").or(equivalentTo(WireJson.class)));
    }

    @Test
    void keepsKafkaInTheEnvelopeAndCryptographyInSigning() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.jiexu.wire.envelope")
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.kafka.."))
                .check(WIRE);
        noClasses()
                .that()
                .resideOutsideOfPackage("org.jiexu.wire.signing")
                .should()
                .dependOnClassesThat(resideInAPackage("org.bouncycastle.."))
                .check(WIRE);
    }

    @Test
    void neverAsksWhatTimeItIs() {
        noClasses()
                .should()
                .callMethodWhere(target(name("now")).and(target(owner(resideInAPackage("java.time..")))))
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(WIRE);
    }

    @Test
    void listsEveryEventType() {
        var records = WIRE.stream()
                .filter(type -> type.isAssignableTo(EventData.class) && type.isRecord())
                .map(JavaClass::getName);

        assertThat(Stream.of(EventType.values()).map(type -> type.dataClass().getName()))
                .containsExactlyInAnyOrderElementsOf(records.toList());
    }

    private static void mayUse(String part, DescribedPredicate<JavaClass> others) {
        classes()
                .that()
                .resideInAPackage("org.jiexu.wire." + part)
                .should()
                .onlyDependOnClassesThat(ours(part)
                        .or(others)
                        .or(resideInAPackage("org.jiexu.wire..").negate()))
                .check(WIRE);
    }

    private static DescribedPredicate<JavaClass> ours(String... parts) {
        return resideInAnyPackage(
                Stream.of(parts).map(part -> "org.jiexu.wire." + part).toArray(String[]::new));
    }

    private static DescribedPredicate<JavaClass> nothing() {
        return DescribedPredicate.not(alwaysTrue());
    }
}
