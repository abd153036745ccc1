package org.jiexu.wire.vocabulary;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** 统一社会信用代码 — an employer's code (GB 32100): eighteen characters, the last of which checks the others. */
public final class CreditCode {
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final Pattern FORM = Pattern.compile("[0-9A-HJ-NP-RT-UW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RT-UW-Y]{10}");
    private static final int CHECKED = 17;
    private static final FieldFault BAD_EMPLOYER =
            new FieldFault("BAD_EMPLOYER", "单位统一社会信用代码有误，应为照营业执照填写的18位代码（不含字母I、O、S、V、Z）；不清楚时可以留空，以后补登。");

    private CreditCode() {}

    /** Null when it can be an employer's code. */
    public static @Nullable FieldFault fault(String code) {
        var written = written(code);
        return FORM.matcher(written).matches() && check(written) == written.charAt(CHECKED) ? null : BAD_EMPLOYER;
    }

    /** In capitals, as it stands on the licence. */
    public static String written(String code) {
        return code.toUpperCase(Locale.ROOT);
    }

    /** The check character that belongs to the first seventeen. */
    public static char check(String code) {
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < CHECKED; i++) {
            sum += ALPHABET.indexOf(code.charAt(i)) * weight;
            weight = weight * 3 % ALPHABET.length();
        }
        return ALPHABET.charAt((ALPHABET.length() - sum % ALPHABET.length()) % ALPHABET.length());
    }
}
