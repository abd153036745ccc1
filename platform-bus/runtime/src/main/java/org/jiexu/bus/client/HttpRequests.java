package org.jiexu.bus.client;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/** Requests to another service: two time limits, no redirect is followed, and what runs beside is a virtual thread. */
public final class HttpRequests {
    private HttpRequests() {}

    public static ClientHttpRequestFactory within(Duration connect, Duration read) {
        var requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .connectTimeout(connect)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build());
        requests.setReadTimeout(read);
        return requests;
    }
}
