package org.jiexu.bus.time;

import java.util.regex.Pattern;
import org.jiexu.bus.web.Problem;
import org.jspecify.annotations.Nullable;

/** 暂停事由 — what is asked of the applicant, in words for him; it travels, so it names nobody. */
public final class PauseReason {
    private static final int LONGEST = 200;
    private static final Pattern NUMBER_OF_A_PERSON = Pattern.compile("[0-9]{9}");

    private PauseReason() {}

    /** As typed by staff. */
    public static String read(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw Problem.field("reason", "REQUIRED", "请写明需要申请人补充什么。");
        }
        var stripped = text.strip();
        if (stripped.length() > LONGEST) {
            throw Problem.field("reason", "TOO_LONG", "不得超过200个字。");
        }
        if (stripped.chars().anyMatch(Character::isISOControl)) {
            throw Problem.field("reason", "INVALID_TEXT", "请勿换行，也不得含有控制字符。");
        }
        if (NUMBER_OF_A_PERSON.matcher(stripped).find()) {
            throw Problem.field("reason", "PERSONAL_NUMBER", "请勿填写证件号码或电话号码。");
        }
        return stripped;
    }
}
