package org.jiexu.bus.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

class ProblemsTest {
    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void whoHangsUpIsNoIncident() {
        var gone = new AsyncRequestNotUsableException("gone", new IOException("broken pipe"));

        assertThat(codeOf(gone)).isEqualTo("UNAVAILABLE");
        assertThat(codeOf(new HttpMessageNotWritableException("half-way", gone)))
                .isEqualTo("UNAVAILABLE");
    }

    @Test
    void anAnswerThatCannotBeWrittenIsOne() {
        assertThat(codeOf(new HttpMessageNotWritableException("a loop", new IllegalStateException("in the data"))))
                .isEqualTo("UNFORESEEN");
    }

    private String codeOf(Exception exception) {
        return Problems.of(exception, request).code();
    }
}
