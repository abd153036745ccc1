package org.jiexu.bus.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** Bodies as a gateway sends them on: in pieces, and without their length. */
class BodyReaderTest {
    private static final int LIMIT = 5 * 1024 * 1024;

    @Test
    void theLargestThatIsAllowedIsReadWhereOnlyOneHasRoom() throws IOException {
        assertThat(read(LIMIT)).hasSize(LIMIT);
    }

    @Test
    void oneByteMoreIsTooLarge() {
        assertThatThrownBy(() -> read(LIMIT + 1))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("BODY_TOO_LARGE"));
    }

    private static byte[] read(int size) throws IOException {
        try (var share = new BodyBudget(LIMIT + 1).of("loader", LIMIT)) {
            return new BodyReader(LIMIT, new Patience(Duration.ofMinutes(1), 1), share).read(inPieces(size));
        }
    }

    private static HttpServletRequest inPieces(int size) {
        var request = new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        request.setContent(new byte[size]);
        return request;
    }
}
