package org.jiexu.transferin;

import java.time.Duration;
import org.jiexu.bus.web.Guesses;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.postgres.LastFourStore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * 证件号码后四位 — by the right ones a case shows all its steps (R10.1). House rule: five wrong tries in a day close this way
 * to the case for the rest of the day, whoever tries, through whichever instance; right ones are not looked at then either.
 */
@Component
public class LastFour {
    private final LastFourStore tries;
    private final Guesses guesses;
    private final int most;
    private final Duration window;

    public LastFour(
            LastFourStore tries,
            Guesses guesses,
            @Value("${jiexu.transfer-in.last-four.tries:5}") int most,
            @Value("${jiexu.transfer-in.last-four.window:24h}") Duration window) {
        this.tries = tries;
        this.guesses = guesses;
        this.most = most;
        this.window = window;
    }

    /** Whether these are the ones; 429 when too many were not. */
    public boolean areOf(CaseFile file, String last4) {
        if (!tries.take(file.number(), most, window)) {
            guesses.refused();
            throw new Problem(HttpStatus.TOO_MANY_REQUESTS, "LAST_FOUR_LOCKED", "证件号码后四位多次不符，请过一段时间再试，或由申请人登录后查询。")
                    .retryAfter(tries.wait(file.number(), window));
        }
        var certificate = file.application().certificate().number();
        boolean right = certificate.length() > last4.length()
                && certificate.regionMatches(true, certificate.length() - last4.length(), last4, 0, last4.length());
        if (right) {
            tries.forget(file.number());
        } else {
            guesses.wrong();
        }
        return right;
    }
}
