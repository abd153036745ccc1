package org.jiexu.registry.domain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.registry.domain.Checks.Application;
import org.jiexu.registry.domain.Checks.Facts;
import org.jiexu.registry.domain.Checks.Insured;
import org.jiexu.registry.domain.Checks.Listing;
import org.jiexu.registry.domain.Checks.Person;
import org.jiexu.registry.domain.Checks.Relationship;
import org.jiexu.registry.domain.Checks.Verdict;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/** 申请情形 — one line of {@code application-cases.md}, in the words that stand at its head. */
record ApplicationCase(
        String what, String kind, String way, String who, String old, String here, List<String> other, String answer) {
    static final CaseNumber OPEN = CaseNumber.random(new RegionCode("330100"), 2026, new Random(1));
    static final String NAME = "田小满";
    static final String EMPLOYER = "91430100MA4L00001X";
    private static final LocalDate TODAY = LocalDate.of(2026, 9, 14);
    private static final String NOTHING = "–";
    private static final Map<String, RegionCode> REGIONS = Map.of(
            "济宁", new RegionCode("370800"),
            "长沙", new RegionCode("430100"),
            "株洲", new RegionCode("430200"),
            "湘潭", new RegionCode("430300"),
            "杭州", new RegionCode("330100"),
            "青岛", new RegionCode("370200"),
            "某地", new RegionCode("999900"));
    private static final Map<String, Ground> FACTS = Map.of(
            "欠费", Ground.ARREARS,
            "未结", Ground.MEDICAL_COSTS_UNSETTLED,
            "待入账", Ground.POSTING_PENDING,
            "透支", Ground.ACCOUNT_OVERDRAWN);
    private static final Map<String, AccountWish> WISHES =
            Map.of("划转", AccountWish.MOVES, "提取", AccountWish.PAID_OUT, "保留", AccountWish.STAYS);

    static Stream<ApplicationCase> all() {
        try (var in = ApplicationCase.class.getResourceAsStream("/application-cases.md")) {
            var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> line.startsWith("| "))
                    .map(line -> Stream.of(line.split("\\|", -1))
                            .skip(1)
                            .limit(8)
                            .map(String::strip)
                            .toList())
                    .filter(cells -> cells.size() == 8 && !cells.getFirst().equals("case"))
                    .map(cells -> new ApplicationCase(
                            cells.get(0),
                            cells.get(1),
                            cells.get(2),
                            cells.get(3),
                            cells.get(4),
                            cells.get(5),
                            words(cells.get(6)),
                            cells.get(7)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(String cell) {
        return Arrays.stream(cell.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The answer in the table's words. */
    static String told(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Acceptable(var notBefore) -> notBefore == null ? "受理" : "受理 " + notBefore + "起办结";
            case Verdict.Waiting(var reasons, var _) -> "等候 " + codes(reasons);
            case Verdict.Refused(var reasons) -> "不予受理 " + codes(reasons);
        };
    }

    private static String codes(List<CodedReason> reasons) {
        return reasons.stream().map(CodedReason::code).collect(Collectors.joining(", "));
    }

    Application application() {
        return new Application(
                certificate(!who.contains("误号")),
                NAME,
                region(way.substring(0, 2)),
                scheme(kind.charAt(0)),
                region(way.substring(3)),
                scheme(kind.charAt(1)),
                who.startsWith("单位") ? EMPLOYER : null,
                other.contains("联办"),
                other.contains("纸质"),
                who.equals("自动"),
                wish());
    }

    private @Nullable AccountWish wish() {
        return other.stream()
                .map(WISHES::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    Facts facts() {
        var refused = new EnumMap<WishKind, String>(WishKind.class);
        if (other.contains("拒停")) {
            refused.put(WishKind.SUSPEND, "须先办理减员");
        }
        if (other.contains("拒参")) {
            refused.put(WishKind.ENROL, "不在集中参保期");
        }
        return new Facts(
                today(),
                listing(way.substring(0, 2)),
                listing(way.substring(3)),
                who.equals("无人") || who.contains("误号") ? null : person(),
                other.contains("在办") ? OPEN : null,
                new CheckPolicies.InForce(other.contains("同年可转"), on("转出启用"), on("转入启用")),
                refused);
    }

    private LocalDate today() {
        return other.stream()
                .filter(word -> word.startsWith("20"))
                .map(LocalDate::parse)
                .findFirst()
                .orElse(TODAY);
    }

    private Map<Ground, String> on(String whose) {
        var grounds = new HashMap<Ground, String>();
        FACTS.forEach((word, ground) -> {
            if (other.contains(whose + word)) {
                grounds.put(ground, "示例市经办规程第三条");
            }
        });
        return grounds;
    }

    private Person person() {
        return new Person(
                who.equals("他人") || who.contains("误名") ? "田大满" : NAME,
                who.startsWith("本人"),
                relationship(old, kind.charAt(0)).orElse(null),
                relationship(here, kind.charAt(1)).orElse(null),
                other.stream()
                        .filter(word -> word.startsWith("在保于"))
                        .map(word -> new Insured(region(word.substring(3)), word.substring(3) + "市"))
                        .toList());
    }

    private static Optional<Relationship> relationship(String cell, char scheme) {
        if (cell.equals(NOTHING)) {
            return Optional.empty();
        }
        var words = words(cell);
        var status = switch (words.getFirst()) {
            case "在保" -> ParticipationStatus.INSURED;
            case "中止" -> ParticipationStatus.SUSPENDED;
            case "终止" -> ParticipationStatus.TERMINATED;
            default -> throw new IllegalArgumentException("not a status: " + cell);
        };
        return Optional.of(new Relationship(
                status,
                personType(words, scheme),
                !words.contains("已转"),
                words.contains("余额") || words.contains("选留")
                        ? new LeftMoney(Fen.parse("500.00"), words.contains("选留"))
                        : LeftMoney.NONE,
                words.contains("本单位") ? EMPLOYER : words.contains("他单位") ? "91110000000000000Y" : null,
                covered(words),
                recorded(words)));
    }

    private static PersonType personType(List<String> words, char scheme) {
        if (words.contains("退休")) {
            return new PersonType("1201");
        }
        return new PersonType(scheme == '居' ? "1501" : words.contains("灵活") ? "1102" : "1101");
    }

    private static CoverageYear covered(List<String> words) {
        return words.stream()
                .filter(word -> word.matches("保20[0-9]{2}"))
                .map(word -> new CoverageYear(Integer.parseInt(word.substring(1))))
                .findFirst()
                .orElse(CoverageYear.of(TODAY));
    }

    private static Set<Ground> recorded(List<String> words) {
        var recorded = EnumSet.noneOf(Ground.class);
        words.stream().map(FACTS::get).filter(Objects::nonNull).forEach(recorded::add);
        return recorded;
    }

    static Certificate certificate(boolean good) {
        var seventeen = "43990019900307001";
        char check = Certificate.checkDigit(seventeen);
        return new Certificate(CertificateType.IDENTITY_CARD, seventeen + (good ? check : check == '0' ? '1' : '0'));
    }

    private static Scheme scheme(char word) {
        return word == '职' ? Scheme.EMPLOYEE : Scheme.RESIDENT;
    }

    private static RegionCode region(String word) {
        return Objects.requireNonNull(REGIONS.get(word), word);
    }

    private static Listing listing(String word) {
        return switch (word) {
            case "某地" -> Listing.UNKNOWN;
            case "青岛" -> Listing.OFF_PLATFORM;
            default -> Listing.ON_PLATFORM;
        };
    }

    @Override
    public String toString() {
        return kind + " " + what;
    }
}
