package org.jiexu.registry.domain;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jspecify.annotations.Nullable;

/**
 * 不予受理理由 — the rulebook of 两地核验 (43号 Art. 7), one entry a ground: whose side it is about, what it stands on, the
 * sentence that the applicant reads, what can be done about it, and when it fails. All that fail are told at once, in the
 * order in which they stand here (R2.2). No condition exists beside these (43号 Art. 15).
 */
public enum Ground {
    /** 证件号码有误 — a number is never corrected; a wrong one is told. */
    BAD_NUMBER(Side.APPLICATION, "本平台规则 R12（GB 11643）", "证件号码有误", "请核对证件类型和证件号码后重新提交", Question::isNumberBad),
    /** 姓名与证件号码不符 — both sides are the same person record, the name compared exactly. */
    NAME_NUMBER_MISMATCH(
            Side.APPLICATION,
            "本平台规则 R12",
            "姓名与证件号码同参保登记不一致，或者查无登记",
            "请核对姓名和证件号码；确有变更的，请先在参保地更正登记信息",
            Question::isNameAnother),
    /** 统筹区不存在 — old and receiving region are 统筹区 of the directory (43号 Art. 4). */
    UNKNOWN_REGION(Side.APPLICATION, "医保办发〔2021〕43号第四条", "填写的统筹区不存在", "请从统筹区目录中重新选择转出地和转入地", Question::isRegionUnknown),
    /** 统筹区尚未接入 — regions outside the platform send paper, which starts at a window (R3.7). */
    REGION_NOT_ON_PLATFORM(
            Side.APPLICATION, "医保办发〔2021〕43号第八条", "填写的统筹区尚未接入本平台", "请到转入地医保经办窗口办理", Question::isRegionOutside),
    /** 同一统筹区同一险种 — a move between agencies of one region is no transfer (43号 Art. 5, 14; R1.2). */
    SAME_REGION_AND_SCHEME(
            Side.APPLICATION,
            "医保办发〔2021〕43号第五条、第十四条",
            "转出和转入是同一统筹区的同一险种，不需要转移",
            "同一统筹区内更换单位或经办机构的，直接办理参保登记变更即可",
            Question::isOneRelationship),
    /** 单位申请的险种不符 — an employer applies into or within the employee scheme (43号 Art. 5; R1.5). */
    EMPLOYER_OTHER_SCHEME(
            Side.APPLICATION,
            "医保办发〔2021〕43号第五条",
            "用人单位只能为职工申请转入职工医保",
            "转入居民医保的，请由本人申请",
            Question::isEmployersOtherScheme),
    /** 不是本单位职工 — an employer applies only for persons enrolled under it in the receiving region (R1.5). */
    NOT_ENROLLED_UNDER_EMPLOYER(
            Side.RECEIVING,
            "医保办发〔2021〕43号第五条",
            "该人员在转入地没有由本单位参加职工医保",
            "请核对人员信息；尚未办理的，请先为其办理职工医保参保登记",
            Question::isNotUnderEmployer),
    /** 个人账户不能转入居民医保 — only the employee scheme has a personal account (R11.4). */
    ACCOUNT_CANNOT_MOVE(
            Side.APPLICATION,
            "医保办发〔2021〕43号第二条",
            "居民医保没有个人账户，个人账户余额不能划转",
            "请改为提取余额，或者将余额保留在转出地",
            Question::isAccountToMoveToResidents),

    /** 转出地尚未中止参保 (43号 Art. 7). */
    STILL_INSURED_THERE(
            Side.OLD,
            WishKind.SUSPEND,
            "医保办发〔2021〕43号第七条",
            "转出地尚未中止参保",
            "请先在转出地办理暂停参保，再提出申请；也可以选择一站式联办，由转出地在线办理暂停参保",
            Question::isStillInsuredThere),
    /** 当前参保年度内 — between residents, not within the current coverage year (43号 Art. 5.2; R1.3). */
    COVERAGE_YEAR(
            Side.BOTH,
            "医保办发〔2021〕43号第五条第二项",
            "居民医保当前参保年度内原则上不办理转移",
            "请在转入地参加下一年度居民医保，参保后即可申请；当年度的待遇仍由转出地保障",
            Question::isWithinCoverageYear),
    /** 没有可转移的参保关系 — something has not left yet, months or money (43号 Art. 7; R2.10). */
    NOTHING_TO_TRANSFER(
            Side.OLD,
            "医保办发〔2021〕43号第七条",
            "转出地没有尚未转移的参保缴费记录或者个人账户余额",
            "请核对转出地和险种；此前已经转出的，不需要再次申请",
            Question::isNothingToTransfer),
    /** 转入地未参保 — enrolled in the receiving region by its rules (43号 Art. 7). */
    NOT_INSURED_HERE(
            Side.RECEIVING,
            WishKind.ENROL,
            "医保办发〔2021〕43号第七条",
            "转入地未参保",
            "请先在转入地办理参保登记，登记后即可申请，不要求已经缴费；也可以选择一站式联办，由转入地在线办理参保登记",
            Question::isNotInsuredHere),
    /** 退休人员不适用 — who draws the employee scheme's retiree benefits is not covered (43号 Art. 2). */
    RETIREE(
            Side.BOTH,
            "医保办发〔2021〕43号第二条",
            "已享受职工医保退休人员待遇的，不适用转移接续",
            "退休人员的医保关系保留在待遇享受地；异地就医请办理备案",
            Question::isRetiree),
    /** 第三地在保 — nobody is insured twice (43号 Art. 5; R1.4). */
    INSURED_ELSEWHERE(
            Side.ELSEWHERE,
            "医保办发〔2021〕43号第五条",
            "在其他统筹区还有同一险种的在保关系",
            "请先在该统筹区办理暂停参保；需要转移的，可分别申请",
            Question::isInsuredElsewhere),
    /** 已有在办 — one open case per person, old region and old scheme (R1.6). */
    OPEN_TRANSFER(Side.OLD, "本平台规则 R1.6", "这一参保关系已有在办的转移", "请查询在办业务的进度，或者在信息表开具前撤回后重新申请", Question::isOpenAlready),

    /** 医疗费用未结清 — off unless a region's policy says otherwise. */
    MEDICAL_COSTS_UNSETTLED(Side.BOTH, "尚有未结清的医疗费用", "请先到参保地医保经办机构结清医疗费用"),
    /** 缴费待入账 — off unless a region's policy says otherwise. */
    POSTING_PENDING(Side.BOTH, "尚有缴费正在入账", "请等候入账完成后再提出申请"),
    /** 欠费 — off unless a region's policy says otherwise. */
    ARREARS(Side.BOTH, "尚有欠缴的医保费", "请先补缴，或者向参保地医保经办机构说明情况"),
    /** 个人账户透支 — off unless a region's policy says otherwise. */
    ACCOUNT_OVERDRAWN(Side.BOTH, "个人账户尚有透支", "请先到参保地医保经办机构归还透支金额"),

    /** 联办未成 — the region concerned does not do what the applicant wished (R2.8). */
    ONE_STOP_REFUSED(
            Side.BOTH,
            "医保办发〔2021〕43号第七条",
            "一站式联办的事项没有办成",
            "请按说明的原因与经办机构联系，办妥后重新申请",
            question -> !question.refusedWishes().isEmpty());

    /** 哪一方 — where the reason lies. */
    public enum Side {
        APPLICATION("申请"),
        OLD("转出地"),
        RECEIVING("转入地"),
        BOTH("转出地或转入地"),
        ELSEWHERE("其他统筹区");

        private final String words;

        Side(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    private static final String LOCAL = "地方政策，默认不启用；启用须注明依据和日期（医保办发〔2021〕43号第十五条）";

    private final Side side;
    private final @Nullable WishKind mendedBy;
    private final String basis;
    private final String message;
    private final String remedy;
    private final @Nullable Predicate<Question> condition;

    Ground(
            Side side,
            @Nullable WishKind mendedBy,
            String basis,
            String message,
            String remedy,
            @Nullable Predicate<Question> condition) {
        this.side = side;
        this.mendedBy = mendedBy;
        this.basis = basis;
        this.message = message;
        this.remedy = remedy;
        this.condition = condition;
    }

    /** Always on. */
    Ground(Side side, String basis, String message, String remedy, Predicate<Question> condition) {
        this(side, null, basis, message, remedy, condition);
    }

    /** Of practice: stands where a region's policy is on and its agency has recorded the fact. */
    Ground(Side side, String message, String remedy) {
        this(side, null, "", message, remedy, null);
    }

    public static Optional<Ground> ofCode(String code) {
        return Stream.of(values()).filter(ground -> ground.name().equals(code)).findFirst();
    }

    public String code() {
        return name();
    }

    public Side side() {
        return side;
    }

    /** What can be done about it on-line (R2.8); null when nothing can. */
    public @Nullable WishKind mendedBy() {
        return mendedBy;
    }

    public boolean isMendable() {
        return mendedBy != null;
    }

    /** Whether regions switch it, by a dated policy; every other ground is always on. */
    public boolean isSwitched() {
        return condition == null;
    }

    /** What the ground stands on; rulebook ids where the reading is ours. */
    public String basis() {
        return isSwitched() ? LOCAL : basis;
    }

    public String message() {
        return message;
    }

    public String remedy() {
        return remedy;
    }

    boolean stands(Question question) {
        return condition == null ? question.basisFor(this) != null : condition.test(question);
    }

    CodedReason told(Question question) {
        var detail = detail(question);
        return new CodedReason(name(), detail.isEmpty() ? message : message + "（" + detail + "）", remedy);
    }

    /** What this applicant needs to know beyond the sentence. */
    private String detail(Question question) {
        return switch (this) {
            case NOTHING_TO_TRANSFER -> question.moneyThatStays();
            case OPEN_TRANSFER -> "受理编号 " + question.known().openCase();
            case COVERAGE_YEAR -> question.currentYear();
            case INSURED_ELSEWHERE -> question.namesElsewhere();
            case ONE_STOP_REFUSED -> question.refusedWishes();
            default -> isSwitched() ? "依据：" + question.basisFor(this) : "";
        };
    }
}
