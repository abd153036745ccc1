package org.jiexu.registry.postgres;

import static org.jiexu.registry.postgres.Times.at;
import static org.jiexu.registry.postgres.Times.atOrNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jiexu.wire.contract.AgencyV1;
import org.jiexu.wire.contract.CalendarDayV1;
import org.jiexu.wire.contract.CalendarPublishedV1;
import org.jiexu.wire.contract.EndpointV1;
import org.jiexu.wire.contract.KeyRegisteredV1;
import org.jiexu.wire.contract.PolicyDatedV1;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 目录 — regions, agencies, endpoints, keys, policies, calendar, and what of them is published. */
@Repository
public class DirectoryStore {
    private final JdbcClient jdbc;

    /** 经办机构, with the clerk who signs for it. */
    public record Agency(AgencyV1 shown, String clerk, boolean isMain) {}

    DirectoryStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One instance at a time loads and publishes. */
    public void lock() {
        jdbc.sql("select pg_advisory_xact_lock(43, 2021)").query((row, n) -> 0).single();
    }

    public void keepRegion(RegionListedV1 region) {
        jdbc.sql("""
            insert into region (code, name, province_code, province_name, kind, on_platform)
            values (:code, :name, :provinceCode, :provinceName, :kind, :onPlatform)
            on conflict (code) do update
               set name = :name, province_code = :provinceCode, province_name = :provinceName, kind = :kind,
                   on_platform = :onPlatform
            """)
                .param("code", region.code().value())
                .param("name", region.name())
                .param("provinceCode", region.provinceCode())
                .param("provinceName", region.provinceName())
                .param("kind", region.kind())
                .param("onPlatform", region.onPlatform())
                .update();
    }

    /** With agencies and endpoints; {@code after} the code of the last one seen. */
    public List<RegionListedV1> regions(String after, int limit) {
        return regions(jdbc.sql("select * from region where code > :after order by code limit :limit")
                .param("after", after)
                .param("limit", limit));
    }

    /** As {@link #regions(String, int)}, of one province, and with this in its name. */
    public List<RegionListedV1> search(@Nullable String province, @Nullable String name, String after, int limit) {
        return regions(jdbc.sql("""
            select * from region
             where code > :after and (:province::text is null or province_code = :province)
               and (:name::text is null or position(:name in name) > 0)
             order by code limit :limit
            """)
                .param("after", after)
                .param("province", province)
                .param("name", name)
                .param("limit", limit));
    }

    /** The region's agencies by their codes, at most {@code limit} after {@code after}. */
    public List<AgencyV1> agencies(RegionCode region, String after, int limit) {
        return jdbc.sql("select * from agency where region = :region and code > :after order by code limit :limit")
                .param("region", region.value())
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> agency(row).shown())
                .list();
    }

    public Optional<RegionListedV1> region(RegionCode code) {
        return regions(jdbc.sql("select * from region where code = :code").param("code", code.value())).stream()
                .findFirst();
    }

    private List<RegionListedV1> regions(JdbcClient.StatementSpec selected) {
        var plain = selected.query((row, n) -> new RegionListedV1(
                        new RegionCode(row.getString("code")),
                        row.getString("name"),
                        row.getString("province_code"),
                        row.getString("province_name"),
                        row.getString("kind"),
                        row.getBoolean("on_platform"),
                        List.of(),
                        List.of()))
                .list();
        if (plain.isEmpty()) {
            return plain;
        }
        var codes = plain.stream().map(region -> region.code().value()).toList();
        var agencies = jdbc
                .sql("select * from agency where region in (:codes) order by is_main desc, code")
                .param("codes", codes)
                .query((row, n) -> agency(row).shown())
                .list()
                .stream()
                .collect(Collectors.groupingBy(AgencyV1::region));
        record Endpoint(RegionCode region, EndpointV1 shown) {}
        var endpoints = jdbc
                .sql("select * from endpoint where region in (:codes) order by service")
                .param("codes", codes)
                .query((row, n) -> new Endpoint(
                        new RegionCode(row.getString("region")),
                        new EndpointV1(ServiceName.valueOf(row.getString("service")), row.getString("base_url"))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Endpoint::region, Collectors.mapping(Endpoint::shown, Collectors.toList())));
        return plain.stream()
                .map(region -> new RegionListedV1(
                        region.code(),
                        region.name(),
                        region.provinceCode(),
                        region.provinceName(),
                        region.kind(),
                        region.onPlatform(),
                        agencies.getOrDefault(region.code(), List.of()),
                        endpoints.getOrDefault(region.code(), List.of())))
                .toList();
    }

    /** On the platform, or not; a region that there is not is missing. */
    public Map<RegionCode, Boolean> areOnPlatform(List<RegionCode> codes) {
        var found = new HashMap<RegionCode, Boolean>();
        jdbc.sql("select code, on_platform from region where code = any(:codes)")
                .param("codes", Columns.texts(codes, RegionCode::value))
                .query((row, n) -> found.put(new RegionCode(row.getString("code")), row.getBoolean("on_platform")))
                .list();
        return found;
    }

    /** On the platform, or not; empty when there is no such region. */
    public Optional<Boolean> isOnPlatform(RegionCode code) {
        return jdbc.sql("select on_platform from region where code = :code")
                .param("code", code.value())
                .query(Boolean.class)
                .optional();
    }

    public List<RegionCode> onPlatform() {
        return jdbc.sql("select code from region where on_platform order by code")
                .query((row, n) -> new RegionCode(row.getString("code")))
                .list();
    }

    public void keepAgency(Agency agency) {
        jdbc.sql("""
            insert into agency (code, region, name, address, telephone, supervision_telephone, postcode, clerk, is_main)
            values (:code, :region, :name, :address, :telephone, :supervision, :postcode, :clerk, :isMain)
            on conflict (code) do update
               set name = :name, address = :address, telephone = :telephone,
                   supervision_telephone = :supervision, postcode = :postcode, clerk = :clerk
            """)
                .param("code", agency.shown().code())
                .param("region", agency.shown().region().value())
                .param("name", agency.shown().name())
                .param("address", agency.shown().address())
                .param("telephone", agency.shown().telephone())
                .param("supervision", agency.shown().supervisionTelephone())
                .param("postcode", agency.shown().postcode())
                .param("clerk", agency.clerk())
                .param("isMain", agency.isMain())
                .update();
    }

    /** The region's main agency first. */
    public List<Agency> agencies(RegionCode region) {
        return jdbc.sql("select * from agency where region = :region order by is_main desc, code")
                .param("region", region.value())
                .query((row, n) -> agency(row))
                .list();
    }

    private static Agency agency(ResultSet row) throws SQLException {
        return new Agency(
                new AgencyV1(
                        row.getString("code"),
                        new RegionCode(row.getString("region")),
                        row.getString("name"),
                        row.getString("address"),
                        row.getString("telephone"),
                        row.getString("supervision_telephone"),
                        row.getString("postcode")),
                row.getString("clerk"),
                row.getBoolean("is_main"));
    }

    public void keepEndpoint(RegionCode region, ServiceName service, String baseUrl) {
        jdbc.sql("""
            insert into endpoint (region, service, base_url) values (:region, :service, :baseUrl)
            on conflict (region, service) do update set base_url = :baseUrl
            """)
                .param("region", region.value())
                .param("service", service.name())
                .param("baseUrl", baseUrl)
                .update();
    }

    /** Where the services of all regions and the clearing centres answer, each address once. */
    public List<String> baseUrls() {
        return jdbc.sql("select base_url from endpoint union select base_url from clearing_centre order by base_url")
                .query((row, n) -> row.getString("base_url"))
                .list();
    }

    /** A key that is known already stays as it was registered first. */
    public void keepKey(KeyRegisteredV1 key) {
        jdbc.sql("""
            insert into published_key (key_id, owner, public_key, valid_from, valid_to)
            values (:keyId, :owner, :publicKey, :validFrom, :validTo)
            on conflict (key_id) do nothing
            """)
                .param("keyId", key.keyId())
                .param("owner", key.owner().toString())
                .param("publicKey", key.publicKey().base64())
                .param("validFrom", at(key.validFrom()))
                .param("validTo", atOrNull(key.validTo()))
                .update();
    }

    public List<KeyRegisteredV1> keysOf(Source owner) {
        return jdbc.sql("select * from published_key where owner = :owner order by valid_from, key_id")
                .param("owner", owner.toString())
                .query((row, n) -> key(row))
                .list();
    }

    public Optional<KeyRegisteredV1> key(String keyId) {
        return jdbc.sql("select * from published_key where key_id = :keyId")
                .param("keyId", keyId)
                .query((row, n) -> key(row))
                .optional();
    }

    public List<KeyRegisteredV1> keys() {
        return jdbc.sql("select * from published_key order by owner, valid_from, key_id")
                .query((row, n) -> key(row))
                .list();
    }

    /** Of one region's services, or of all, after the given id. */
    public List<KeyRegisteredV1> keys(@Nullable RegionCode region, String after, int most) {
        return jdbc.sql("""
            select * from published_key
             where key_id > :after and (cast(:owners as text) is null or owner like :owners)
             order by key_id limit :most
            """)
                .param("after", after)
                .param("owners", region == null ? null : "/regions/" + region + "/%")
                .param("most", most)
                .query((row, n) -> key(row))
                .list();
    }

    private static KeyRegisteredV1 key(ResultSet row) throws SQLException {
        return new KeyRegisteredV1(
                row.getString("key_id"),
                Source.parse(row.getString("owner")),
                Bytes.ofBase64(row.getString("public_key")),
                Times.instant(row, "valid_from"),
                Times.instantOrNull(row, "valid_to"));
    }

    public void keepPolicy(PolicyDatedV1 policy) {
        jdbc.sql("""
            insert into policy (name, scope, value, valid_from, valid_to, basis)
            values (:name, :scope, :value, :validFrom, :validTo, :basis)
            on conflict (name, scope, valid_from) do update
               set value = :value, valid_to = :validTo, basis = :basis
            """)
                .param("name", policy.name())
                .param("scope", policy.scope())
                .param("value", policy.value())
                .param("validFrom", policy.validFrom())
                .param("validTo", policy.validTo())
                .param("basis", policy.basis())
                .update();
    }

    public List<PolicyDatedV1> policies() {
        return jdbc.sql("select * from policy order by name, scope, valid_from")
                .query((row, n) -> new PolicyDatedV1(
                        row.getString("name"),
                        row.getString("scope"),
                        row.getString("value"),
                        Times.day(row, "valid_from"),
                        Times.dayOrNull(row, "valid_to"),
                        row.getString("basis")))
                .list();
    }

    /** Replaces the year's days: a notice may be corrected. */
    public void keepCalendar(CalendarPublishedV1 calendar) {
        jdbc.sql("""
            insert into calendar_year (year, region, notice) values (:year, :region, :notice)
            on conflict (year, region) do update set notice = :notice
            """)
                .param("year", calendar.year())
                .param("region", calendar.region())
                .param("notice", calendar.notice())
                .update();
        jdbc.sql("delete from calendar_day where year = :year and region = :region")
                .param("year", calendar.year())
                .param("region", calendar.region())
                .update();
        for (CalendarDayV1 day : calendar.days()) {
            jdbc.sql("""
                insert into calendar_day (region, day, year, name, working)
                values (:region, :day, :year, :name, :working)
                """)
                    .param("region", calendar.region())
                    .param("day", day.date())
                    .param("year", calendar.year())
                    .param("name", day.name())
                    .param("working", day.working())
                    .update();
        }
    }

    public List<CalendarPublishedV1> calendars() {
        record Day(int year, String region, CalendarDayV1 day) {}
        Map<List<Object>, List<Day>> days = jdbc
                .sql("select year, region, day, name, working from calendar_day order by day")
                .query((row, n) -> new Day(
                        row.getInt("year"),
                        row.getString("region"),
                        new CalendarDayV1(Times.day(row, "day"), row.getString("name"), row.getBoolean("working"))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(day -> List.of(day.year(), day.region())));
        return jdbc.sql("select year, region, notice from calendar_year order by year, region")
                .query((row, n) -> new CalendarPublishedV1(
                        row.getInt("year"),
                        row.getString("region"),
                        row.getString("notice"),
                        days.getOrDefault(List.of(row.getInt("year"), row.getString("region")), List.of()).stream()
                                .map(Day::day)
                                .toList()))
                .list();
    }

    /** What stands on the topic for each thing, as a digest. */
    public Map<String, String> published() {
        return jdbc
                .sql("select subject, digest from directory_published")
                .query((row, n) -> Map.entry(row.getString("subject"), row.getString("digest")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    public void publishing(String subject, String digest) {
        jdbc.sql("""
            insert into directory_published (subject, digest) values (:subject, :digest)
            on conflict (subject) do update set digest = :digest
            """).param("subject", subject).param("digest", digest).update();
    }

    /** 沙箱时钟 — as last moved. */
    public record SandboxClock(Instant businessTime, Instant systemTime) {}

    /** Locks the clock until the transaction ends. */
    public Optional<SandboxClock> clock() {
        return jdbc.sql("select business_time, system_time from sandbox_clock for update")
                .query((row, n) ->
                        new SandboxClock(Times.instant(row, "business_time"), Times.instant(row, "system_time")))
                .optional();
    }

    public void keepClock(SandboxClock clock) {
        jdbc.sql("""
            insert into sandbox_clock (business_time, system_time) values (:businessTime, :systemTime)
            on conflict (one) do update set business_time = :businessTime, system_time = :systemTime
            """)
                .param("businessTime", at(clock.businessTime()))
                .param("systemTime", at(clock.systemTime()))
                .update();
    }

    /** The agency of that code in that region, or the region's main one when none is named. */
    public Optional<String> agencyCode(RegionCode region, @Nullable String code) {
        return agencies(region).stream()
                .filter(agency ->
                        code == null ? agency.isMain() : agency.shown().code().equals(code))
                .map(agency -> agency.shown().code())
                .findFirst();
    }
}
