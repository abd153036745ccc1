package org.jiexu.wire.vocabulary;

import java.lang.Character.UnicodeScript;

/**
 * 可读文本 — text that looks the same to everybody who reads it. Two kinds of it do not: characters that nobody sees or that
 * each machine shows as it likes, and what comes of reading a text in another encoding than it was written in.
 */
public final class ReadableText {
    /** What is said of a field whose text is not. */
    public static final FieldFault UNREADABLE =
            new FieldFault("UNREADABLE_TEXT", "此项有看不见或者无法识别的字符，请重新填写；文件应另存为UTF-8编码。");

    private static final int REPLACEMENT = 0xFFFD;
    private static final int SEPARATOR = 0xB7;
    private static final int LAST_PLAIN_LATIN = 0x17F;
    private static final int AFTER_ACCENTS = 0x370;
    private static final int LAST_OF_TWO_BYTES = 0x7FF;
    // Letters beyond Latin Extended-A that names are written with: Vietnamese, Romanian, Azerbaijani, and pinyin's
    // tones.
    private static final String MORE_LATIN = "ƠơƯưǍǎǏǐǑǒǓǔǕǖǗǘǙǚǛǜǨǩǸǹȘșȚțȲȳƏəƁɓƊɗƘƙƳƴƉɖƐɛƔɣƆɔƎǝŊŋǴǵǦǧ";

    private ReadableText() {}

    /** Each character can be seen, means the same everywhere, and can have been meant. */
    public static boolean isReadable(String text) {
        return text.codePoints().noneMatch(ReadableText::isUnseen) && !isMisread(text);
    }

    /** Control, format, private, invisible and no-break characters, variation selectors, and what stands for lost ones. */
    private static boolean isUnseen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            // The planes of Han characters still grow: what this release does not know there may be a rare name.
            case Character.UNASSIGNED -> c < 0x20000 || c > 0x3FFFD;
            default -> c == REPLACEMENT || isVariationSelector(c) || isFiller(c);
        };
    }

    private static boolean isVariationSelector(int c) {
        return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) || (c >= 0x180B && c <= 0x180F);
    }

    /** Joiners and fillers that count as letters or marks and show nothing. */
    private static boolean isFiller(int c) {
        return c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || c == 0x2800
                || c == 0x3164
                || c == 0xFFA0;
    }

    /**
     * Some Chinese text in GBK is valid UTF-8 by chance, and then reads as letters that no document of this country is
     * written in, or as accented letters without a plain one beside them.
     */
    private static boolean isMisread(String text) {
        boolean isPlainLatin = text.chars().anyMatch(c -> (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
        return text.codePoints()
                .anyMatch(c -> isForeign(c) || (c >= 0xA1 && c < AFTER_ACCENTS && !isPlainLatin && c != SEPARATOR));
    }

    /** From Greek to N'Ko stands everything that two bytes of GBK can turn into. */
    private static boolean isForeign(int c) {
        if (c >= AFTER_ACCENTS && c <= LAST_OF_TWO_BYTES) {
            return true;
        }
        if (!Character.isLetter(c)) {
            return false;
        }
        return switch (UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, COMMON, INHERITED -> false;
            case LATIN -> c > LAST_PLAIN_LATIN && c < 0x1E00 && MORE_LATIN.indexOf(c) < 0;
            default -> true;
        };
    }
}
