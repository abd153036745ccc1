package org.jiexu.sandbox;

import java.util.ArrayList;
import java.util.List;
import org.jiexu.sandbox.sample.SampleRegion;

/** 沙箱政策 — the dated settings of the sample regions and their provinces, each with its ground (rulebook 13). */
final class SandboxPolicies {
    private static final String JINING = "370800";
    private static final String HUNAN = "430000";
    private static final String ZHEJIANG = "330000";
    private static final String HEBEI = "130000";
    private static final String HUNAN_NOTICE = "湘医保办发〔2025〕12号";
    private static final String GUIDE = "公开办事指南（二手资料，非规范性文件）";

    private record Policy(String name, String scope, String value, String validFrom, String basis) {}

    private SandboxPolicies() {}

    /** As the registry's start takes them. */
    static List<String> arguments() {
        var arguments = new ArrayList<String>();
        int index = 0;
        for (var policy : all()) {
            String at = "--jiexu.registry.policies[" + index++ + "].";
            arguments.add(at + "name=" + policy.name());
            arguments.add(at + "scope=" + policy.scope());
            arguments.add(at + "value=" + policy.value());
            arguments.add(at + "valid-from=" + policy.validFrom());
            arguments.add(at + "basis=" + policy.basis());
        }
        return arguments;
    }

    private static List<Policy> all() {
        var all = new ArrayList<Policy>();
        // In 石家庄 people take every step; elsewhere the system issues and confirms by policy.
        for (SampleRegion region : SampleRegion.values()) {
            for (String name : List.of("automatic.issue", "automatic.confirm")) {
                all.add(new Policy(
                        name, region.code().value(), String.valueOf(region.isAutomatic()), "2026-01-01", "沙箱样例"));
            }
        }
        // R6.1, R6.2, R6.5: from the notice's first day.
        all.add(new Policy("instant.automaticSince", HUNAN, "2025-07-10", "2025-07-10", HUNAN_NOTICE + " 二.1"));
        all.add(new Policy("instant.onApplication", HUNAN, "true", "2025-07-10", HUNAN_NOTICE + " 二.2"));
        all.add(new Policy("instant.account", HUNAN, "MOVES", "2025-07-10", HUNAN_NOTICE + " 二.1"));
        // R6.3: enrolments from 2022-09-01 by themselves; on application at once up to 10,000.00.
        all.add(new Policy("instant.automaticSince", ZHEJIANG, "2022-09-01", "2022-09-01", GUIDE));
        all.add(new Policy("instant.onApplication", ZHEJIANG, "true", "2022-09-01", GUIDE));
        all.add(new Policy("instant.limit", ZHEJIANG, "10000.00", "2022-09-01", GUIDE));
        // 河北 says no day; the variant in which the old balance is paid back to the person.
        all.add(new Policy("instant.automaticSince", HEBEI, "2026-01-01", "2026-01-01", GUIDE));
        all.add(new Policy("instant.onApplication", HEBEI, "true", "2026-01-01", GUIDE));
        all.add(new Policy("instant.account", HEBEI, "PAID_OUT", "2026-01-01", GUIDE));
        // R2.10: 划转或提取.
        all.add(new Policy("account.payOut", JINING, "true", "2026-01-01", "沙箱样例（济宁办事指南：划转或提取）"));
        return all;
    }
}
