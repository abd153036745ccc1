package org.jiexu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import org.jiexu.bus.web.Problem;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class RateLimitTest {
    private final RateLimit limit = new RateLimit(1000, 60, 3, 2);

    @Test
    void aPersonAppliesAndWithdrawsOnlySoOftenAndLooksAsOftenAsOthers() {
        assertThat(refusedAfter(50, () -> limit.take(request("POST", "/api/v1/regions/430100/transfers", "PERSON"))))
                .isEqualTo(3);
        assertThat(refusedAfter(50, () -> limit.take(request("POST", "/api/v1/transfers/N-1/withdrawal", "PERSON"))))
                .isZero();
        assertThat(refusedAfter(50, () -> limit.take(request("GET", "/api/v1/transfers", "PERSON"))))
                .isEqualTo(50);
        assertThat(refusedAfter(50, () -> limit.take(request("POST", "/api/v1/regions/430100/transfers", "CLERK"))))
                .isEqualTo(50);
    }

    @Test
    void descriptionsAreCountedByTheAddressTheyAreAskedFrom() {
        assertThat(refusedAfter(50, () -> limit.takeForDescription(from("10.0.0.1"))))
                .isEqualTo(2);
        assertThat(refusedAfter(50, () -> limit.takeForDescription(from("10.0.0.2"))))
                .isEqualTo(2);
    }

    private static int refusedAfter(int most, Runnable ask) {
        for (int i = 0; i < most; i++) {
            try {
                ask.run();
            } catch (Problem e) {
                assertThat(e.code()).isEqualTo("TOO_MANY_REQUESTS");
                return i;
            }
        }
        return most;
    }

    private static MockHttpServletRequest request(String method, String path, String role) {
        var request = new MockHttpServletRequest(method, path);
        Principal principal = () -> "somebody-" + role;
        request.setUserPrincipal(principal);
        request.addUserRole(role);
        return request;
    }

    private static MockHttpServletRequest from(String address) {
        var request = new MockHttpServletRequest("GET", "/docs/api/registry");
        request.setRemoteAddr(address);
        request.addHeader("X-Forwarded-For", "10.9.9.9");
        return request;
    }
}
