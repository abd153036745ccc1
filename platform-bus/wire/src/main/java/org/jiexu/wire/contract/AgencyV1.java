package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.RegionCode;

/** 经办机构 — an agency or service point of a region, as the public directory shows it (R10.5). */
public record AgencyV1(
        String code,
        RegionCode region,
        String name,
        String address,
        String telephone,
        String supervisionTelephone,
        String postcode) {}
