package org.jiexu.bus.operations;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * 脱敏 — an event's text without the person. Fields that name people are masked by their names in the contracts, texts that
 * are JSON themselves (a sheet, a letter) the same way inside; what looks like a certificate or telephone number is masked
 * wherever it stands. What is no JSON may be anything: of it only what cannot be a person is shown.
 */
public final class PersonMask {
    static final String MASK = "***";

    /** As the contracts call them, and as others may. */
    private static final Set<String> PERSONAL = Set.of(
            "name",
            "certificate",
            "certificatenumber",
            "telephone",
            "phone",
            "mobile",
            "household",
            "address",
            "clerk",
            "accountname",
            "accountnumber",
            "text",
            "remark",
            "idcard",
            "psn_name",
            "certno",
            "sex",
            "age",
            "birthday");
    /** 18 characters of an identity card, the 15 of its forerunner, passports and permits, telephones. */
    private static final Pattern NUMBERS = Pattern.compile(
            "(?<![0-9A-Za-z])([0-9]{17}[0-9Xx]|[0-9]{15}|[A-Za-z]{1,3}[0-9]{7,12}|1[3-9][0-9]{9})(?![0-9A-Za-z])");
    /** Names are written in these; so are most texts. */
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}+");

    private static final Pattern LETTERS = Pattern.compile("[^\\x00-\\x7F]+");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{7,}[0-9Xx]?");
    private static final Pattern WORDS = Pattern.compile("[A-Za-z]{2,}");
    /** Words of broken JSON that help to see what it was meant to be. */
    private static final Set<String> PLAIN =
            Set.of("number", "version", "amount", "reason", "type", "true", "false", "null");

    private static final int DEEPEST = 20;

    private static final JsonMapper JSON = JsonMapper.shared();

    private PersonMask() {}

    /** The data of an event. */
    public static String event(byte @Nullable [] data) {
        if (data == null) {
            return "";
        }
        var text = text(data);
        if (text == null) {
            return "（" + data.length + " 字节，不是文本）";
        }
        try {
            return masked(JSON.readTree(text), 0).toString();
        } catch (JacksonException e) {
            return unknown(text);
        }
    }

    /** A key or a header, which should name no person and may yet. */
    public static @Nullable String line(@Nullable String text) {
        return text == null ? null : numbers(HAN.matcher(text).replaceAll(MASK));
    }

    private static JsonNode masked(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            return JSON.getNodeFactory().stringNode(MASK);
        }
        if (node instanceof ObjectNode object) {
            var shown = JSON.createObjectNode();
            object.propertyStream()
                    .forEach(property -> shown.set(
                            numbers(property.getKey()), field(property.getKey(), property.getValue(), depth)));
            return shown;
        }
        if (node instanceof ArrayNode list) {
            var shown = JSON.createArrayNode();
            list.valueStream().forEach(each -> shown.add(masked(each, depth + 1)));
            return shown;
        }
        if (node.isString() || (node.isNumber() && looksPersonal(node.asString()))) {
            return JSON.getNodeFactory().stringNode(string(node.asString(), depth));
        }
        return node;
    }

    private static JsonNode field(String name, JsonNode value, int depth) {
        if (PERSONAL.contains(name.toLowerCase(Locale.ROOT))) {
            return value.isNull() ? value : JSON.getNodeFactory().stringNode(MASK);
        }
        return masked(value, depth + 1);
    }

    private static boolean looksPersonal(String text) {
        return NUMBERS.matcher(text).find();
    }

    /** A sheet and a letter travel as the text that was sealed. */
    private static String string(String text, int depth) {
        if (text.startsWith("{") || text.startsWith("[")) {
            try {
                return masked(JSON.readTree(text), depth + 1).toString();
            } catch (JacksonException e) {
                return unknown(text);
            }
        }
        return numbers(text);
    }

    private static String numbers(String text) {
        return NUMBERS.matcher(text).replaceAll(MASK);
    }

    private static String unknown(String text) {
        var noNames = LETTERS.matcher(text).replaceAll(MASK);
        var noNumbers = DIGITS.matcher(noNames).replaceAll(MASK);
        return WORDS.matcher(noNumbers).replaceAll(word -> PLAIN.contains(word.group()) ? word.group() : MASK);
    }

    private static @Nullable String text(byte[] data) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
