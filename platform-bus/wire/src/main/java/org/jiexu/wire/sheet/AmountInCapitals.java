package org.jiexu.wire.sheet;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jiexu.wire.vocabulary.Fen;

/**
 * 大写金额 — an amount in capitals as 《支付结算办法》 附一 has it (R9.6). Every amount has one text that we write, and a few
 * more that the annex allows: all of them are read, and nothing else.
 */
public final class AmountInCapitals {
    private static final String DIGITS = "零壹贰叁肆伍陆柒捌玖";
    private static final String[] PLACES = {"", "拾", "佰", "仟"};
    private static final String[] SECTIONS = {"", "万", "亿"};
    private static final int HIGHEST_PLACE = 11;
    /** 999 999 999 999.99 yuan: three sections of four places, as many as {@link Fen} has on the wire. */
    private static final long LARGEST = 99_999_999_999_999L;

    private static final int LONGEST_TEXT = 64;

    // 附一(一): traditional characters are accepted too; 圆 stands for 元, 正 for 整.
    private static final Map<Character, Character> SAME = Map.ofEntries(
            Map.entry('貳', '贰'),
            Map.entry('叄', '叁'),
            Map.entry('參', '叁'),
            Map.entry('陸', '陆'),
            Map.entry('萬', '万'),
            Map.entry('億', '亿'),
            Map.entry('圆', '元'),
            Map.entry('圓', '元'),
            Map.entry('幣', '币'),
            Map.entry('正', '整'));

    private AmountInCapitals() {}

    /** The text for the sheet; throws {@link IllegalArgumentException} for an amount that has none. */
    public static String write(Fen amount) {
        if (!isWritable(amount)) {
            throw new IllegalArgumentException("only 0.00 to 999999999999.99 can be written in capitals");
        }
        return new Spelling(amount).written.toString();
    }

    /** The amount that the text states, when it is one of the forms that the annex allows for that amount. */
    public static Optional<Fen> read(String text) {
        if (text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        var plain = new StringBuilder(text.length());
        text.chars().forEach(c -> plain.append((char) SAME.getOrDefault((char) c, (char) c)));
        // Any text has some sum; it is an amount only when it is also a form of that sum.
        var amount = Fen.of(sum(plain));
        return isWritable(amount) && Pattern.matches(new Spelling(amount).readable.toString(), plain)
                ? Optional.of(amount)
                : Optional.empty();
    }

    private static boolean isWritable(Fen amount) {
        return amount.value() >= 0 && amount.value() <= LARGEST;
    }

    private static long sum(CharSequence text) {
        long fen = 0;
        long yuan = 0;
        long section = 0;
        long digit = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '拾' -> section += digit * 10;
                case '佰' -> section += digit * 100;
                case '仟' -> section += digit * 1000;
                case '万', '亿' -> {
                    yuan += (section + digit) * (c == '万' ? 10_000L : 100_000_000L);
                    section = 0;
                }
                case '元' -> fen += (yuan + section + digit) * 100;
                case '角' -> fen += digit * 10;
                case '分' -> fen += digit;
                default -> {}
            }
            digit = Math.max(DIGITS.indexOf(c), 0);
        }
        return fen;
    }

    /** One amount, spelled in one pass: the text that we write, and the pattern of all texts that may be read. */
    private static final class Spelling {
        private final StringBuilder written = new StringBuilder();
        private final StringBuilder readable = new StringBuilder();
        private final long yuan;
        private final int jiao;
        private final int fen;

        private Spelling(Fen amount) {
            this.yuan = amount.value() / 100;
            this.jiao = (int) (amount.value() / 10 % 10);
            this.fen = (int) (amount.value() % 10);
            // 附一(三): 人民币, with no space after it; the sheet prints it beside the field.
            spell("", "(人民币)?");
            if (yuan > 0) {
                spellYuan();
            }
            if (jiao > 0 || fen > 0) {
                spellJiaoAndFen();
            } else {
                // 附一(二): after 元 stands 整.
                spell(yuan > 0 ? "整" : "零元整");
            }
        }

        private void spellYuan() {
            int empty = 0;
            boolean begun = false;
            long power = 100_000_000_000L;
            for (int place = HIGHEST_PLACE; place >= 0; place--) {
                int digit = (int) (yuan / power % 10);
                if (digit == 0) {
                    empty++;
                } else {
                    if (begun && empty > 0) {
                        spellGap(empty, place % 4 == 3);
                    }
                    spell(DIGITS.charAt(digit) + PLACES[place % 4]);
                    begun = true;
                    empty = 0;
                }
                if (place % 4 == 0 && yuan / power % 10_000 > 0) {
                    spell(SECTIONS[place / 4]);
                }
                power /= 10;
            }
            spell("元");
        }

        private void spellGap(int empty, boolean endsWithSection) {
            if (endsWithSection) {
                // 附一(五)3: zeros up to 万位, before a digit at 千位, may go without 零. Ours: up to 亿位 the same.
                spell(empty >= 4 ? "零" : "", "零{0," + empty + "}");
            } else {
                // 附一(五)1 and 2: zeros between digits are written 零, several of them as one.
                spell("零", "零{1," + empty + "}");
            }
        }

        private void spellJiaoAndFen() {
            if (jiao > 0) {
                if (yuan == 0) {
                    // Ours: the annex shows no amount below one yuan; we write none of its zeros and read them.
                    spell("", "(零元零?)?");
                } else if (yuan % 10 == 0) {
                    // 附一(五)3: 元位 is zero, 角位 is not: with or without 零.
                    spell("零", "零?");
                }
                spell(DIGITS.charAt(jiao) + "角");
            } else if (yuan == 0) {
                spell("", "(零元零)?");
            } else {
                // 附一(五)4: 角位 is zero, 分位 is not: 零 after 元.
                spell("零", yuan % 10 == 0 ? "零{1,2}" : "零");
            }
            if (fen > 0) {
                // 附一(二): nothing after 分.
                spell(DIGITS.charAt(fen) + "分");
            } else {
                // 附一(二): after 角 the 整 may be left out; R9.6: we write it.
                spell("整", "整?");
            }
        }

        private void spell(String fixed) {
            spell(fixed, fixed);
        }

        private void spell(String writing, String reading) {
            written.append(writing);
            readable.append(reading);
        }
    }
}
