package org.jiexu.registry.postgres;

import java.util.List;
import java.util.Optional;
import org.jiexu.wire.contract.EndpointV1;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 清算中心登记 — where the clearing centre of each province answers (R7.1). */
@Repository
public class ClearingCentreStore {
    private final JdbcClient jdbc;

    ClearingCentreStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The province's name, if it is one with a region on the platform; a pooling region's own code never is. */
    public Optional<String> provinceOnPlatform(RegionCode code) {
        return jdbc.sql("""
            select province_name from region
             where province_code = :code and on_platform
               and not exists (select from region where code = :code)
             limit 1
            """).param("code", code.value()).query(String.class).optional();
    }

    public void keep(RegionCode province, String name, String baseUrl) {
        jdbc.sql("""
            insert into clearing_centre (province, name, base_url) values (:province, :name, :baseUrl)
            on conflict (province) do update set name = :name, base_url = :baseUrl
            """)
                .param("province", province.value())
                .param("name", name)
                .param("baseUrl", baseUrl)
                .update();
    }

    /** As the directory lists them: not on the platform as a region, because they have no topics of one. */
    public List<RegionListedV1> listed() {
        return jdbc.sql("select * from clearing_centre order by province")
                .query((row, n) -> {
                    var province = row.getString("province");
                    return new RegionListedV1(
                            new RegionCode(province),
                            row.getString("name") + "清算中心",
                            province,
                            row.getString("name"),
                            RegionListedV1.CLEARING_CENTRE,
                            false,
                            List.of(),
                            List.of(new EndpointV1(ServiceName.SETTLEMENT, row.getString("base_url"))));
                })
                .list();
    }
}
