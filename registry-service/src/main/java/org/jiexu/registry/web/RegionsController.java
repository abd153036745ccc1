package org.jiexu.registry.web;

import java.util.regex.Pattern;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.web.OperationsController.RegionView;
import org.jiexu.wire.contract.AgencyV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 经办机构目录 — regions and where their agencies and service points are, for whoever is logged in (R10.5). */
@RestController
@RequestMapping("/api/v1/regions")
class RegionsController {
    private static final Pattern PROVINCE = Pattern.compile("[0-9]{2}0000");
    private static final int LONGEST_NAME = 30;

    private final DirectoryStore directory;

    RegionsController(DirectoryStore directory) {
        this.directory = directory;
    }

    /** By province and by a part of the region's name; all of them without either. */
    @GetMapping
    Page<RegionView> regions(
            @RequestParam(required = false) @Nullable String province,
            @RequestParam(required = false) @Nullable String name,
            PageRequest page) {
        if (province != null && !PROVINCE.matcher(province).matches()) {
            throw Problem.field("province", "INVALID_PARAMETER", "省级行政区划代码应为六位数字，后四位为零。");
        }
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME)) {
            throw Problem.field("name", "INVALID_PARAMETER", "统筹区名称应为1至30个字。");
        }
        var after = page.after() == null ? "" : page.after();
        var fetched = directory.search(province, name, after, page.limitPlusOne());
        return Page.of(page, fetched, region -> region.code().value()).map(RegionView::of);
    }

    @GetMapping("/{region}/agencies")
    Page<AgencyV1> agencies(@PathVariable String region, PageRequest page) {
        if (!RegionCode.isWellFormed(region)
                || directory.isOnPlatform(new RegionCode(region)).isEmpty()) {
            throw Problem.notFound();
        }
        var after = page.after() == null ? "" : page.after();
        var fetched = directory.agencies(new RegionCode(region), after, page.limitPlusOne());
        return Page.of(page, fetched, AgencyV1::code);
    }
}
