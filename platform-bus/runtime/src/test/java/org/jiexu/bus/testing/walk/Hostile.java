package org.jiexu.bus.testing.walk;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What no honest client sends, or sends by mistake. */
final class Hostile {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PLACE = "@@here@@";
    private static final String LONG = "长".repeat(4000);

    /** In the place of a path variable or a query parameter, not yet escaped. */
    static final List<String> TEXTS = List.of(
            "x",
            "-1",
            "0",
            "2147483648",
            "99999999999999999999",
            "1e9",
            "null",
            "true",
            " ",
            "１２３",
            "430100-26-00000000-0",
            "330100",
            "999999",
            "..",
            "a/b",
            "%",
            "\u202e甲",
            "\u0000",
            "😀",
            "'; drop table person; --",
            "00000000-0000-0000-0000-000000000000",
            "A".repeat(1500));

    /** In the place of a JSON value, as written. */
    private static final List<String> VALUES = List.of(
            "null",
            "5",
            "-1",
            "0",
            "1.5",
            "2147483648",
            "99999999999999999999",
            "1e1000000",
            "true",
            "\"\"",
            "\" \"",
            "\"x\"",
            "[]",
            "[null]",
            "{}",
            "[[[[]]]]",
            "\"\\u0000\"",
            "\"\\u202e甲\"",
            "\"\\ud800\"",
            "\"１２３\"",
            "\"-9.99\"",
            "\"99999999999999999.99\"",
            "\"9223372036854775807\"",
            "\"2026-13-45\"",
            "\"1800-01-01\"",
            "\"9999-12\"",
            "\"-999999999-01-01\"",
            "\"330100\"",
            "\"'; drop table person; --\"",
            "\"😀\"",
            "\"" + LONG + "\"");

    private Hostile() {}

    /** Whole bodies. */
    static List<String> bodies(String sample) {
        var inside = sample.length() > 2 ? sample.substring(1, sample.length() - 1) : "\"a\":1";
        return List.of(
                "",
                "null",
                "[]",
                "{}",
                "5",
                "\"x\"",
                "{",
                "[".repeat(5000) + "]".repeat(5000),
                "{" + inside + "," + inside + "}",
                "{" + inside + ",\"unheardOf\":1}",
                sample + sample,
                "\ufeff" + sample,
                "{\"\\u0000\":1}",
                "[" + sample + "]");
    }

    static List<String> files(String sample) {
        return List.of(
                "",
                "\n",
                "\u0000",
                "a,b,c\n1,2,3\n",
                "\"",
                "，，，\n",
                LONG + "\n",
                "\ufeff" + sample,
                sample + "\n\"",
                "😀\n".repeat(100));
    }

    /** The sample with one value spoilt, or left out: each of its places with each of {@link #VALUES}. */
    static List<String> spoilt(JsonNode sample) {
        var all = new ArrayList<String>();
        spoil(sample, sample, all);
        return all;
    }

    private static void spoil(JsonNode whole, JsonNode part, List<String> all) {
        if (part instanceof ObjectNode object) {
            for (var name : List.copyOf(object.propertyNames())) {
                var value = object.get(name);
                object.remove(name);
                all.add(JSON.writeValueAsString(whole));
                object.put(name, PLACE);
                written(whole, all);
                object.set(name, value);
                spoil(whole, value, all);
            }
        } else if (part instanceof ArrayNode array && !array.isEmpty()) {
            var value = array.get(0);
            array.set(0, PLACE);
            written(whole, all);
            array.set(0, value);
            spoil(whole, value, all);
        }
    }

    private static void written(JsonNode whole, List<String> all) {
        var text = JSON.writeValueAsString(whole);
        VALUES.forEach(value -> all.add(text.replace('"' + PLACE + '"', value)));
    }
}
