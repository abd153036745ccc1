package org.jiexu.bus.web;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;

/** What Tomcat refuses before any filter runs (an address or a header that cannot be read) is a problem document too. */
final class ContainerProblems implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new Valve()));
    }

    private static final class Valve extends ErrorReportValve {
        @Override
        protected void report(Request request, Response response, @Nullable Throwable throwable) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            try {
                ProblemWriter.write(response.getResponse(), problem(response.getStatus()));
            } catch (IOException e) {
                container.getLogger().debug("the client has gone", e);
            }
        }

        private static Problem problem(int code) {
            var status = HttpStatus.resolve(code);
            if (status == null || status.is5xxServerError()) {
                return new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "UNFORESEEN", "系统出现意外错误，请稍后再试。");
            }
            return status == HttpStatus.NOT_FOUND
                    ? Problem.notFound()
                    : new Problem(status, "BAD_ADDRESS", "网址或请求头中含有不允许的字符。");
        }
    }
}
