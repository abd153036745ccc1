package org.jiexu.sandbox;

import org.jiexu.sandbox.sample.NamedPersons;

/** What to look at and what to try, once everything runs. */
final class Welcome {

    private Welcome() {}

    static String text(Sandbox sandbox) {
        var addresses = sandbox.addresses();
        return """

            接续 Jiexu is up. 平台已就绪。

              console 控制台         %1$s/console/
              gateway 网关          %1$s/api/v1
              API documents 接口文档  %1$s/docs
              tokens 令牌           %2$s  (sandbox: every sample user's secret is "sandbox")
              data and logs 数据     %3$s

            Try 试一试
              TOKEN=$(curl -s -u person-%4$s:sandbox -d grant_type=client_credentials %2$s/oauth2/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
              curl -s -H "Authorization: Bearer $TOKEN" '%1$s/api/v1/transfers?mine'
              README.md               one transfer, step by step 一件业务的全过程 (README.zh.md)
              deploy/up --story       seven transfers told and checked 七个故事

            Ctrl-C stops everything. 按 Ctrl-C 停止。
            """.formatted(
                        addresses.gateway(), addresses.issuer(), sandbox.data().path(), NamedPersons.WALK_THROUGH);
    }
}
