package org.jiexu.sandbox.story;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.sandbox.Door;
import org.jiexu.sandbox.Progress;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.NamedPersons;
import org.jiexu.sandbox.sample.NamedPersons.Part;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.sample.SampleSet;
import org.jiexu.wire.vocabulary.Fen;
import tools.jackson.databind.JsonNode;

/**
 * 七个故事 — seven transfers from application to end, each told as it happens and then checked. Every run has persons of its
 * own, so that the same sandbox can tell them again; only the clock never goes back.
 */
public final class Stories {

    private final Door door;
    private final int run;
    private final Narrator narrator;
    private final Checks checks;
    private final Books books;
    private final Outcome outcome;

    public Stories(Door door, int run, Narrator narrator, Checks checks) {
        this.door = door;
        this.run = run;
        this.narrator = narrator;
        this.checks = checks;
        this.books = new Books(door);
        this.outcome = new Outcome(books, checks);
    }

    /** Whether everything was as the rulebook says. */
    public static boolean tellAll(Sandbox sandbox, Progress progress) {
        int run = sandbox.data().nextStory();
        var narrator = new Narrator(progress);
        var checks = new Checks(narrator);
        sandbox.loader().load(cast(run));
        var stories = new Stories(sandbox.door(), run, narrator, checks);
        List<Runnable> all = List.of(
                stories::jiningToChangsha,
                stories::changshaToHangzhou,
                stories::nothingOnTheAccount,
                stories::refused,
                stories::withdrawn,
                stories::returnedAndCorrected,
                stories::overdue);
        for (Runnable story : all) {
            try {
                story.run();
            } catch (RuntimeException e) {
                checks.that(false, "the story broke off: " + e.getMessage());
            }
        }
        stories.everyLedgerSumsToZero();
        if (checks.failures().isEmpty()) {
            narrator.end("All " + checks.made() + " checks hold. 全部核对无误。");
            return true;
        }
        narrator.end(checks.failures().size() + " of " + checks.made() + " checks do not hold. 有不符之处:\n  "
                + String.join("\n  ", checks.failures()));
        return false;
    }

    /** The persons of one run, as the registry and the settlement services take them in. */
    public static SampleSet cast(int run) {
        return new SampleSet(Stream.of(Part.values())
                .map(part -> NamedPersons.inCast(run, part))
                .toList());
    }

    public void jiningToChangsha() {
        narrator.title(1, "济宁 → 长沙：关系和余额一起转移", "record and money move across provinces");
        complete(Part.JINING_TO_CHANGSHA);
    }

    public void changshaToHangzhou() {
        narrator.title(2, "长沙 → 杭州", "from the same platform's other side");
        complete(Part.CHANGSHA_TO_HANGZHOU);
    }

    public void nothingOnTheAccount() {
        narrator.title(3, "株洲 → 宁波：个人账户没有余额", "nothing on the account: no money leg");
        complete(Part.NOTHING_ON_THE_ACCOUNT);
    }

    private void complete(Part part) {
        var before = person(part);
        var transfer = apply(part);
        var telling = new Telling(narrator);
        var end = transfer.await(seen -> isAt(telling.tell(seen), "COMPLETED"));
        checks.equal("状态 state", "COMPLETED", end.path("state").asString());
        outcome.completed(transfer, part, before);
    }

    public void refused() {
        narrator.title(4, "济宁 → 长沙：两地都不符合条件，不予受理", "refused with every reason at once");
        var person = person(Part.REFUSED);
        var answer = TransferCase.send(
                door, person, Part.REFUSED.from().code(), Part.REFUSED.to().code(), key(Part.REFUSED));
        checks.equal("答复 answer", 422, answer.status());
        checks.equal("代码 code", "REFUSED", answer.text("code"));
        for (JsonNode reason : answer.body().path("reasons").values()) {
            narrator.more(reason.path("code").asString() + "："
                    + reason.path("message").asString() + "；"
                    + reason.path("remedy").asString());
        }
        // R2.2: every failing reason at once, with what can be done about it.
        checks.equal(
                "理由 reasons",
                List.of("NOT_INSURED_HERE", "STILL_INSURED_THERE"),
                answer.body()
                        .path("reasons")
                        .valueStream()
                        .map(reason -> reason.path("code").asString())
                        .sorted()
                        .toList());
        outcome.untouched(person, Part.REFUSED, "1");
    }

    public void withdrawn() {
        narrator.title(5, "石家庄 → 杭州：信息表开具前撤回", "withdrawn before the sheet is issued");
        var transfer = apply(Part.WITHDRAWN);
        var telling = new Telling(narrator);
        transfer.awaitOut("HELD");
        checks.equal(
                "已冻结 held at the old region",
                Part.WITHDRAWN.balance(),
                books.account(transfer.from(), transfer.person().person()).held());
        checks.equal("撤回申请 answer to the withdrawal", 202, transfer.withdraw().status());
        var end = transfer.await(seen -> isAt(telling.tell(seen), "WITHDRAWN"));
        checks.equal("状态 state", "WITHDRAWN", end.path("state").asString());
        outcome.untouched(transfer.person(), Part.WITHDRAWN, "2");
    }

    public void returnedAndCorrected() {
        narrator.title(6, "湘潭 → 石家庄：信息表退回更正后办结", "the sheet is returned and corrected by staff");
        var before = person(Part.RETURNED_AND_CORRECTED);
        var transfer = apply(Part.RETURNED_AND_CORRECTED);
        var telling = new Telling(narrator);
        transfer.await(seen -> isAt(telling.tell(seen), "RECEIVED"));
        narrator.more("石家庄工作人员退回：缴费月数有疑问 — a clerk in Shijiazhuang doubts the months");
        checks.equal(
                "退回 return", 200, transfer.sendBack(1, false, "MONTHS_DOUBTFUL").status());
        transfer.await(seen -> isAt(telling.tell(seen), "RETURNED"));
        transfer.awaitOut("RETURNED");
        narrator.more("湘潭工作人员更正并重新开具 — Xiangtan issues version 2, the same amount");
        checks.equal("更正 correction", 200, transfer.correct().status());
        transfer.await(seen -> isAt(telling.tell(seen), "RECEIVED"));
        checks.equal(
                "信息表版本 sheet versions kept", 2, transfer.in().path("sheets").size());
        checks.equal("核对 confirmation", 200, transfer.confirm(2).status());
        var end = transfer.await(seen -> isAt(telling.tell(seen), "COMPLETED"));
        checks.equal("状态 state", "COMPLETED", end.path("state").asString());
        outcome.completed(transfer, Part.RETURNED_AND_CORRECTED, before);
    }

    public void overdue() {
        narrator.title(7, "石家庄 → 长沙：转出地超过十个工作日", "the old region lets its ten working days pass");
        var before = person(Part.OVERDUE);
        var transfer = apply(Part.OVERDUE);
        var telling = new Telling(narrator);
        telling.tell(transfer.progress());
        transfer.awaitOut("HELD");
        moveClock(10);
        // R4.2: the period ends at 24:00 of its last working day.
        checks.that(
                !transfer.outDeadline("ISSUE").path("missed").asBoolean(),
                "第十个工作日尚未超期 not overdue on the tenth working day");
        moveClock(1);
        var missed = Waiting.until(
                () -> transfer.outDeadline("ISSUE"),
                deadline -> deadline.path("missed").asBoolean(),
                Duration.ofSeconds(30));
        checks.that(
                missed.path("missed").asBoolean(),
                "超期 overdue since the end of " + missed.path("dueOn").asString());
        checks.equal("办理义务仍在 the duty survives", "OPEN", missed.path("status").asString());
        narrator.more("石家庄工作人员开具信息表 — the clerk issues the sheet after all");
        checks.equal("开具 issue", 200, transfer.issue().status());
        var end = transfer.await(seen -> isAt(telling.tell(seen), "COMPLETED"));
        checks.equal("状态 state", "COMPLETED", end.path("state").asString());
        var late = transfer.outDeadline("ISSUE");
        checks.that(
                late.path("missed").asBoolean()
                        && late.path("status").asString().equals("MET"),
                "逾期办结留痕 met late, and it stays on record");
        outcome.completed(transfer, Part.OVERDUE, before);
    }

    private void moveClock(int workingDays) {
        var answer = ClockMove.by(door, Map.of("workingDays", workingDays));
        checks.equal("拨动时钟 clock moved " + workingDays + " 个工作日 working days", 200, answer.status());
        narrator.more("现在 now " + Telling.WHEN.format(Instant.parse(answer.text("now"))));
    }

    private TransferCase apply(Part part) {
        var transfer = TransferCase.accepted(
                door, person(part), part.from().code(), part.to().code(), key(part));
        var progress = transfer.progress();
        narrator.more("受理编号 number " + transfer.number() + "，余额 balance " + part.balance() + " 元 yuan，承诺办结 promised by "
                + progress.path("promisedBy").asString());
        checks.that(progress.has("promisedBy"), "承诺办结日期 a promised date (R2.4)");
        return transfer;
    }

    private void everyLedgerSumsToZero() {
        narrator.title(8, "账", "the books");
        checks.equal(
                "七个账本各自合计 each ledger's sum",
                Stream.of(SampleRegion.values()).collect(Collectors.toMap(SampleRegion::chinese, region -> Fen.ZERO)),
                Stream.of(SampleRegion.values())
                        .collect(Collectors.toMap(SampleRegion::chinese, region -> books.sum(region.code()))));
    }

    private static boolean isAt(JsonNode progress, String state) {
        return progress.path("state").asString().equals(state);
    }

    private SamplePerson person(Part part) {
        return NamedPersons.inCast(run, part);
    }

    private String key(Part part) {
        return "story-" + run + "-" + part;
    }
}
