package org.jiexu.wire.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jiexu.wire.contract.Examples.Contract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The approved contracts stand in {@code src/test/resources/contract}: an example and a description of each. A new field
 * that may be null, and a further choice at the end of a list of choices, are additive: approve them with
 * {@code -Dcontract.approve=true}. Anything else needs a new version.
 */
class ContractTest {
    private static final Path APPROVED = Path.of("src/test/resources/contract");
    private static final boolean APPROVE = Boolean.getBoolean("contract.approve");
    private static final JsonMapper TREES = new JsonMapper();

    static Stream<Contract> contracts() {
        return Examples.contracts();
    }

    @Test
    void haveAnExampleOfEveryEventType() {
        assertThat(Examples.all().map(EventType::of)).containsExactlyInAnyOrder(EventType.values());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void writeTheApprovedBytes(Contract contract) throws IOException {
        var written = WireJson.text(contract.example());

        assertThat(approved(contract.name() + ".json", written)).isEqualTo(written);
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void haveTheApprovedFields(Contract contract) throws IOException {
        var file = contract.name() + ".txt";
        var fields = ContractDescription.of(contract.type());

        if (APPROVE && Files.exists(APPROVED.resolve(file))) {
            var before = List.of(approvedText(file).split("\n"));
            assertThat(before.stream().filter(field -> fields.stream().noneMatch(now -> isSameOrLonger(field, now))))
                    .as("no field is taken away or changed")
                    .isEmpty();
            assertThat(fields.stream().filter(now -> before.stream().noneMatch(field -> isSameOrLonger(field, now))))
                    .as("an old event lacks the new field")
                    .allMatch(field -> field.endsWith("may be null") || isInside(field, fields, before));
        }

        assertThat(approved(file, String.join("\n", fields))).isEqualTo(String.join("\n", fields));
    }

    /** Part of a new object that may itself be null: an old event lacks both. */
    private static boolean isInside(String field, List<String> now, List<String> before) {
        return now.stream()
                .filter(outer -> outer.endsWith("may be null") && !before.contains(outer))
                .map(outer -> outer.substring(0, outer.indexOf(':')) + ".")
                .anyMatch(field::startsWith);
    }

    /** A choice may grow at its end: a reader of the version before quarantines what it cannot know yet. */
    private static boolean isSameOrLonger(String field, String now) {
        return now.equals(field) || (field.contains(": one of ") && now.startsWith(field + "|"));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void readWhatWasApproved(Contract contract) throws IOException {
        var json = approvedText(contract.name() + ".json");

        assertThat(WireJson.read(json, contract.type())).isEqualTo(contract.example());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void acceptUnknownFieldsAndAnyOrder(Contract contract) throws IOException {
        var more = tree(contract);
        addUnknownField(more);

        assertThat(WireJson.read(TREES.writeValueAsString(more), contract.type()))
                .isEqualTo(contract.example());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void acceptNothingMissingOrNullUnlessTheySaySo(Contract contract) throws IOException {
        var root = tree(contract);

        takeAwayEachField(contract, root, root, contract.type());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void acceptNoFieldTwiceNorTrailingText(Contract contract) throws IOException {
        var json = approvedText(contract.name() + ".json");
        var firstField = json.substring(1, json.indexOf(':'));

        assertUnreadable("{" + firstField + ":null," + json.substring(1), contract.type());
        assertUnreadable(json + "{}", contract.type());
        assertUnreadable(json.substring(0, json.length() - 1), contract.type());
        assertUnreadable("null", contract.type());
        assertUnreadable("[" + json + "]", contract.type());
        assertUnreadable("", contract.type());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void acceptNoFieldOfAnotherJsonType(Contract contract) throws IOException {
        var root = tree(contract);
        for (var name : List.copyOf(root.propertyNames())) {
            var right = root.get(name);
            var others = Stream.of("1", "1.5", "true", "\"\"", "\"x\"", "{}", "[1]", "[null]")
                    .map(TREES::readTree)
                    .filter(other -> other.getNodeType() != right.getNodeType() || other.isDouble());
            others.forEach(other -> {
                root.set(name, other);
                assertUnreadable(TREES.writeValueAsString(root), contract.type());
            });
            root.set(name, right);
        }
    }

    @Test
    void acceptMoneyWithTwoDecimalsOnly() {
        for (var amount :
                List.of("\"1.5\"", "\"1.500\"", "\"1\"", "\"\"", "\"1,000.00\"", "\"-0.00\"", "1.50", "150")) {
            assertUnreadable("{\"attempt\":1,\"amount\":" + amount + "}", HeldV1.class);
        }
    }

    @Test
    void acceptNoDateThatIsNone() {
        for (var date : List.of("\"2026-02-30\"", "\"2026-2-3\"", "\"20260203\"", "\"\"", "20123", "[2026,2,3]")) {
            assertUnreadable("{\"date\":" + date + ",\"name\":\"x\",\"working\":true}", CalendarDayV1.class);
        }
    }

    @Test
    void tellNothingOfTheContentWhenUnreadable() {
        assertThatExceptionOfType(WireJson.Unreadable.class)
                .isThrownBy(() -> WireJson.read("{\"attempt\":\"900000199003070010\"}", HeldV1.class))
                .withMessageNotContaining("900000199003070010")
                .withNoCause();
    }

    private static void takeAwayEachField(Contract contract, ObjectNode root, ObjectNode object, Class<?> record) {
        for (var component : record.getRecordComponents()) {
            var name = ContractDescription.nameOf(component);
            var value = object.get(name);
            boolean mayBeNull = ContractDescription.isNullable(component);

            object.remove(name);
            assertReadable(contract, root, mayBeNull, "without " + name);
            object.putNull(name);
            assertReadable(contract, root, mayBeNull, "with null for " + name);
            object.set(name, value);

            if (value instanceof ArrayNode list) {
                list.addNull();
                assertReadable(contract, root, false, "with a null in " + name);
                list.remove(list.size() - 1);
            }
            if (ContractDescription.isObject(ContractDescription.elementOf(component))) {
                var inner = value instanceof ArrayNode list ? list.get(0) : value;
                takeAwayEachField(contract, root, (ObjectNode) inner, ContractDescription.elementOf(component));
            }
        }
    }

    private static void assertReadable(Contract contract, ObjectNode root, boolean readable, String change) {
        var json = TREES.writeValueAsString(root);
        if (readable) {
            assertThat(WireJson.read(json, contract.type())).as(change).isNotEqualTo(contract.example());
        } else {
            assertUnreadable(json, contract.type());
        }
    }

    private static void assertUnreadable(String json, Class<?> type) {
        assertThatExceptionOfType(WireJson.Unreadable.class)
                .as("%s is no %s", json, type.getSimpleName())
                .isThrownBy(() -> WireJson.read(json, type));
    }

    private static void addUnknownField(JsonNode node) {
        node.forEach(ContractTest::addUnknownField);
        if (node instanceof ObjectNode object) {
            var known = object.deepCopy();
            object.removeAll();
            object.putObject("addedLater").putArray("values").add(1);
            object.setAll(known);
        }
    }

    private static ObjectNode tree(Contract contract) throws IOException {
        return (ObjectNode) TREES.readTree(approvedText(contract.name() + ".json"));
    }

    private static String approved(String file, String now) throws IOException {
        if (APPROVE) {
            Files.createDirectories(APPROVED);
            Files.writeString(APPROVED.resolve(file), now + "\n");
        }
        return approvedText(file);
    }

    private static String approvedText(String file) throws IOException {
        return Files.readString(APPROVED.resolve(file)).stripTrailing();
    }
}
