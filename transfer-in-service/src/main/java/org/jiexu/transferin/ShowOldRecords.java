package org.jiexu.transferin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jiexu.bus.client.OldRecordsAnswer;
import org.jiexu.bus.client.OldRecordsAnswer.OldRecord;
import org.jiexu.bus.client.OldRecordsAnswer.Standing;
import org.jiexu.bus.client.OldRecordsRequest;
import org.jiexu.bus.client.RegistryClient;
import org.jiexu.bus.client.RegistryRefused;
import org.jiexu.bus.client.RegistryUnavailable;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.http.BalanceClient;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** 省内原参保关系查询 — every old employee record of the province with months and balance, to choose from (R6.2). */
@Component
public class ShowOldRecords {
    private static final CodedReason STILL_INSURED = new CodedReason("STILL_INSURED_THERE", "该地尚未中止参保", "请先在该地办理暂停参保");
    private static final CodedReason RETIREE =
            new CodedReason("RETIREE", "已享受职工医保退休人员待遇的，不适用转移接续", "退休人员的医保关系保留在待遇享受地");
    private static final CodedReason NOTHING =
            new CodedReason("NOTHING_TO_TRANSFER", "该地没有尚未转移的参保缴费记录或者个人账户余额", "此前已经转出的，不需要再次申请");
    private static final CodedReason OPEN = new CodedReason("OPEN_TRANSFER", "这一参保关系已有在办的转移", "请查询在办业务的进度");
    private static final CodedReason FILLING = new CodedReason("OPEN_TRANSFER", "另有业务正在转入该地", "请待该业务办结后再申请");

    private final RegistryClient registry;
    private final BalanceClient balances;
    private final Directory directory;

    public ShowOldRecords(RegistryClient registry, BalanceClient balances, Directory directory) {
        this.registry = registry;
        this.balances = balances;
        this.directory = directory;
    }

    /** 省内原参保关系. */
    public record View(RegionCode region, List<Line> records) {}

    /**
     * 原参保关系.
     *
     * @param balance null while that region's settlement does not answer: unknown, not zero
     * @param obstacle why it cannot be transferred now; null when it can
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(
            RegionCode region,
            String regionName,
            Standing status,
            String statusWords,
            int months,
            @Nullable YearMonth firstMonth,
            @Nullable YearMonth lastMonth,
            @Nullable Fen balance,
            boolean transferable,
            @Nullable CaseNumber openCase,
            @Nullable CodedReason obstacle) {}

    /** Empty for a person whom the registry does not know, or whose name is another one. */
    public Optional<OldRecordsAnswer> find(OldRecordsRequest request) {
        try {
            return Optional.of(registry.oldRecords(request));
        } catch (RegistryRefused e) {
            return Optional.empty();
        } catch (RegistryUnavailable e) {
            throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "REGISTRY_UNAVAILABLE", "参保登记系统暂时无法查询，请稍后再试。");
        }
    }

    public View view(RegionCode region, OldRecordsAnswer found) {
        var told = balances(found.person(), found.records());
        return new View(
                region,
                found.records().stream()
                        .map(record -> line(record, told.get(record.region())))
                        .toList());
    }

    /** Why that record cannot be transferred now; null when it can. */
    public static @Nullable CodedReason obstacle(OldRecord record) {
        if (record.retiree()) {
            return RETIREE;
        }
        if (record.openCase() != null) {
            return OPEN;
        }
        if (record.filling()) {
            return FILLING;
        }
        return switch (record.status()) {
            case INSURED -> STILL_INSURED;
            case SUSPENDED, TERMINATED -> record.left() ? null : NOTHING;
        };
    }

    public String name(RegionCode region) {
        return directory.region(region).map(RegionListedV1::name).orElse(region.value());
    }

    private Line line(OldRecord record, @Nullable Fen balance) {
        var obstacle = obstacle(record);
        return new Line(
                record.region(),
                name(record.region()),
                record.status(),
                switch (record.status()) {
                    case INSURED -> "正常参保";
                    case SUSPENDED -> "暂停参保";
                    case TERMINATED -> "终止参保";
                },
                record.months(),
                record.firstMonth(),
                record.lastMonth(),
                balance,
                obstacle == null,
                record.openCase(),
                obstacle);
    }

    /** All asked at the same time: one region that is slow costs no more than its own half second. */
    private Map<RegionCode, Fen> balances(PersonId person, List<OldRecord> records) {
        var asked = new HashMap<RegionCode, Future<Optional<Fen>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var record : records) {
                asked.put(record.region(), threads.submit(() -> balances.balance(record.region(), person)));
            }
        }
        var told = new HashMap<RegionCode, Fen>();
        asked.forEach((region, answer) -> {
            if (answer.state() == Future.State.SUCCESS) {
                answer.resultNow().ifPresent(balance -> told.put(region, balance));
            }
        });
        return told;
    }
}
