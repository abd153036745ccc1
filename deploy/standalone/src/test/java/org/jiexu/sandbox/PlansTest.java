package org.jiexu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlansTest {

    @TempDir
    Path temporary;

    @Test
    void runsFiveServicesInOneJvm() {
        assertThat(plans(Form.ONE_JVM))
                .extracting(ServicePlan::name)
                .containsExactly("registry", "transfer-in", "transfer-out", "settlement", "gateway");
    }

    @Test
    void keepsJiningAndChangshaInProcessesOfTheirOwn() {
        assertThat(plans(Form.PROCESSES))
                .extracting(ServicePlan::name)
                .containsExactly(
                        "registry",
                        "transfer-in-370800",
                        "transfer-out-370800",
                        "settlement-370800",
                        "transfer-in-430100",
                        "transfer-out-430100",
                        "settlement-430100",
                        "transfer-in-others",
                        "transfer-out-others",
                        "settlement-others",
                        "gateway");
    }

    @Test
    void givesEveryServiceAnAddressADatabaseAndAClassThatIsThere() {
        for (Form form : Form.values()) {
            var plans = plans(form);
            assertThat(plans).extracting(ServicePlan::address).doesNotHaveDuplicates();
            assertThat(plans.stream().map(ServicePlan::database).toList()).doesNotHaveDuplicates();
            assertThat(plans)
                    .allSatisfy(plan -> assertThat(Class.forName(
                                    plan.mainClass(), false, getClass().getClassLoader()))
                            .isNotNull());
        }
    }

    @Test
    void givesEveryServiceAPortForItsMeasuresThatNothingElseTakes() {
        for (Form form : Form.values()) {
            var plans = plans(form);
            var addresses = new Addresses(plans.getLast().address().getPort());
            var ports = new ArrayList<>(
                    plans.stream().map(plan -> plan.address().getPort()).toList());
            ports.addAll(plans.stream().map(plan -> plan.measures().getPort()).toList());
            ports.addAll(List.of(addresses.postgres(), addresses.kafka(), addresses.kafkaController()));

            assertThat(ports).doesNotHaveDuplicates();
            assertThat(ports).allMatch(port -> port >= addresses.base() && port < addresses.base() + Addresses.WIDTH);
            assertThat(plans)
                    .allSatisfy(plan -> assertThat(plan.arguments())
                            .contains(
                                    "--jiexu.management.port=" + plan.measures().getPort()));
        }
    }

    @Test
    void hostsTheCentreOfEveryProvinceOnce() {
        for (Form form : Form.values()) {
            assertThat(plans(form))
                    .flatExtracting(ServicePlan::arguments)
                    .filteredOn(argument -> argument.startsWith("--jiexu.clearing."))
                    .containsExactly("--jiexu.clearing.provinces=430000,330000,370000,130000");
        }
    }

    @Test
    void leavesNoTokenSecretOfTheServicesToGuess() {
        assertThat(plans(Form.ONE_JVM))
                .allSatisfy(plan -> assertThat(plan.arguments()).doesNotContain("--jiexu.client-secret=sandbox"));
    }

    private List<ServicePlan> plans(Form form) {
        try (var data = DataDirectory.open(temporary.resolve(form.name()), form, null, false)) {
            return new Plans(data.addresses(), data, "jdbc:postgresql://127.0.0.1:1/", "postgres").of(form);
        }
    }
}
