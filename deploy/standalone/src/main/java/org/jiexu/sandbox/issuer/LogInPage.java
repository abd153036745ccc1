package org.jiexu.sandbox.issuer;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** SANDBOX ONLY — 登录页: who of the sample's staff one wants to be. Nobody has a password here. */
@RestController
final class LogInPage {

    static final String PATH = "/login";

    private static final String UTF_8_HTML = "text/html;charset=UTF-8";

    private record Staff(String user, String chinese, String english) {}

    private record Group(String chinese, String english, List<Staff> staff) {}

    private static final List<Group> GROUPS = List.of(
            new Group(
                    "运营与审计",
                    "Operations and audit",
                    List.of(
                            new Staff("operator", "全国运营", "Operator, national"),
                            new Staff("operator-430000", "湖南省运营", "Operator, Hunan"),
                            new Staff("operator-330000", "浙江省运营", "Operator, Zhejiang"),
                            new Staff("auditor", "审计", "Auditor"))),
            new Group("经办人员", "Clerks", ofEveryRegion("clerk", "经办", "clerk")),
            new Group("复核人员", "Reviewers", ofEveryRegion("reviewer", "复核", "reviewer")));

    private static List<Staff> ofEveryRegion(String role, String chinese, String english) {
        return Stream.of(SampleRegion.values())
                .map(region -> new Staff(
                        role + "-" + region.code(), region.chinese() + chinese, region.english() + " " + english))
                .toList();
    }

    @GetMapping(path = PATH, produces = UTF_8_HTML)
    String show(CsrfToken csrf, @RequestParam(required = false) @Nullable String error) {
        String groups = GROUPS.stream().map(group -> group(group, csrf)).collect(Collectors.joining());
        return PAGE.replace("{{groups}}", groups)
                .replace("{{csrf}}", hidden(csrf))
                .replace("{{error}}", error == null ? "" : "<p class=error role=alert>没有这个账号。 No such user.</p>");
    }

    private static String group(Group group, CsrfToken csrf) {
        String buttons = group.staff().stream()
                .map(staff -> """
                    <form method="post" action="/login">%s<input type="hidden" name="username" value="%s">\
                    <input type="hidden" name="password" value="%s">\
                    <button type="submit" data-user="%s"><b>%s</b><span>%s</span></button></form>
                    """.formatted(
                                hidden(csrf),
                                staff.user(),
                                SandboxClients.USER_SECRET,
                                staff.user(),
                                staff.chinese(),
                                staff.english()))
                .collect(Collectors.joining());
        return "<section><h2>%s <small>%s</small></h2><div>%s</div></section>"
                .formatted(group.chinese(), group.english(), buttons);
    }

    private static String hidden(CsrfToken csrf) {
        return "<input type=\"hidden\" name=\"%s\" value=\"%s\">".formatted(csrf.getParameterName(), csrf.getToken());
    }

    private static final String PAGE = """
        <!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>接续 沙箱登录</title>
        <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><style>
        body{margin:0;background:#eef2f6;color:#1b2733;font:14px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
        main{max-width:860px;margin:6vh auto;background:#fff;border-radius:8px;padding:28px 36px 32px;box-shadow:0 1px 3px #1b273322}
        h1{font-size:20px;margin:0}p{margin:4px 0 0;color:#5b6b7b}.error{color:#b3261e}
        h2{font-size:14px;margin:22px 0 8px}h2 small{color:#5b6b7b;font-weight:400}
        section>div{display:grid;grid-template-columns:repeat(auto-fill,minmax(180px,1fr));gap:8px}form{margin:0}
        button{width:100%;text-align:left;border:1px solid #cfd8e1;border-radius:5px;background:#fff;padding:8px 12px;cursor:pointer;font:inherit}
        button:hover,button:focus-visible{border-color:#175ea8;background:#f2f7fc;outline:2px solid #175ea833}
        button span{display:block;color:#5b6b7b;font-size:12px}
        .other{display:flex;gap:8px}.other input[name=username]{flex:1;border:1px solid #cfd8e1;border-radius:5px;padding:6px 10px;font:inherit}
        .other button{width:auto}</style></head><body><main>
        <h1>接续 · 沙箱登录</h1><p>仅供试用：选一个样例身份，无需密码。 For trying only: choose a sample user, no password is asked.</p>{{error}}
        {{groups}}
        <section><h2>其他账号 <small>Any other sample user</small></h2><form class="other" method="post" action="/login">{{csrf}}
        <input name="username" aria-label="账号 user" placeholder="operator-370800" required><input type="hidden" name="password" value="sandbox">
        <button type="submit">登录 Log in</button></form></section></main></body></html>
        """;
}
