package org.jiexu.wire.vocabulary;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** 姓名 — how a person's name may be written at every door, and when two ways of writing it are one name (rulebook 12). */
public final class PersonName {
    private static final int LONGEST = 100;
    private static final String SEPARATORS = "•・‧";
    private static final char SEPARATOR = '·';

    private static final FieldFault REQUIRED = new FieldFault("REQUIRED", "此项必须填写。");
    private static final FieldFault UNREADABLE =
            new FieldFault("UNREADABLE_TEXT", "姓名中有看不见或者无法识别的字符，请照证件重新填写；文件应另存为UTF-8编码。");
    private static final FieldFault TOO_LONG = new FieldFault("NAME_TOO_LONG", "姓名不得超过100个字。");
    private static final FieldFault SPACES = new FieldFault("BAD_NAME", "姓名前后以及汉字之间不应有空格。");
    private static final FieldFault WIDE = new FieldFault("BAD_NAME", "姓名中的字母、数字和标点应使用半角，间隔号应为“·”。");
    private static final FieldFault LOST = new FieldFault("BAD_NAME", "姓名中有问号，通常是生僻字丢失，请照证件重新填写。");
    private static final FieldFault SYMBOLS = new FieldFault("BAD_NAME", "姓名应为汉字或者字母，不应有部首或者其他符号，请照证件重新填写。");

    private PersonName() {}

    /** Null when it can be a name. */
    public static @Nullable FieldFault fault(String name) {
        if (name.isBlank()) {
            return REQUIRED;
        }
        if (!ReadableText.isReadable(name)) {
            return UNREADABLE;
        }
        if (name.codePointCount(0, name.length()) > LONGEST) {
            return TOO_LONG;
        }
        if (!name.equals(name.strip()) || isSpaceBetweenHan(name)) {
            return SPACES;
        }
        if (name.chars().anyMatch(c -> c >= 0xFF00 && c <= 0xFFEF)) {
            return WIDE;
        }
        if (name.indexOf('?') >= 0) {
            return LOST;
        }
        return name.codePoints().anyMatch(PersonName::isSymbol)
                        || name.codePoints().noneMatch(PersonName::isLetter)
                ? SYMBOLS
                : null;
    }

    /** One name, however its separators and accents are encoded. */
    public static boolean same(String one, String other) {
        return compared(one).equals(compared(other));
    }

    /** The form in which names are compared; what is kept and shown is what was written. */
    public static String compared(String name) {
        var composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        for (int i = 0; i < SEPARATORS.length(); i++) {
            composed = composed.replace(SEPARATORS.charAt(i), SEPARATOR);
        }
        return composed;
    }

    private static boolean isSpaceBetweenHan(String name) {
        for (int at = name.indexOf(' '); at >= 0; at = name.indexOf(' ', at + 1)) {
            if (isHan(name.codePointBefore(at)) && isHan(name.codePointAt(at + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHan(int c) {
        return UnicodeScript.of(c) == UnicodeScript.HAN;
    }

    /** 〇 counts as a number in Unicode, and is a letter of names. */
    private static boolean isLetter(int c) {
        return Character.isLetter(c) || Character.getType(c) == Character.LETTER_NUMBER;
    }

    /** Radicals look like the characters that they are parts of, and are none. */
    private static boolean isSymbol(int c) {
        return c > 0x7F
                && switch (Character.getType(c)) {
                    case Character.OTHER_SYMBOL, Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL -> true;
                    default -> false;
                };
    }
}
