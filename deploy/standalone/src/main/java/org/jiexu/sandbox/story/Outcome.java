package org.jiexu.sandbox.story;

import java.time.Duration;
import java.util.List;
import org.jiexu.sandbox.sample.NamedPersons.Part;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.wire.vocabulary.Fen;
import tools.jackson.databind.JsonNode;

/** What must be so when a case has ended. */
final class Outcome {

    private static final String TERMINATED = "4";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> WITH_LIMIT = List.of("ACCEPTED", "SHEET_RECEIVED", "SHEET_RETURNED");

    private final Books books;
    private final Checks checks;

    Outcome(Books books, Checks checks) {
        this.books = books;
        this.checks = checks;
    }

    /** Completed: months and amount arrived exactly, the old relationship has ended, the books balance. */
    void completed(TransferCase transfer, Part part, SamplePerson before) {
        var progress = transfer.progress();
        int months = before.in(transfer.from()).monthsPaid();
        checks.equal("缴费月数 months", months, progress.path("months").asInt());
        checks.equal(
                "划转金额 amount", part.balance().yuan(), progress.path("amount").asString());
        money(transfer, part, before);
        // 43号 Art. 13: the record is ended, never deleted.
        var old = Waiting.until(
                () -> books.participation(transfer.from(), before),
                seen -> seen.status().equals(TERMINATED),
                PATIENCE);
        checks.equal("转出地关系已终止 old relationship ended", TERMINATED, old.status());
        checks.equal("转出地记录保留 old record kept, months", months, old.monthsPaid());
        var here = Waiting.until(
                () -> books.participation(transfer.to(), before), seen -> seen.monthsInherited() == months, PATIENCE);
        checks.equal("转入地登记的月数 months booked at the receiving region", months, here.monthsInherited());
        steps(progress, !part.balance().isZero());
    }

    /** R11.2: the yuan is in exactly one place: gone from the one account, on the other, nothing on the way. */
    private void money(TransferCase transfer, Part part, SamplePerson before) {
        Fen amount = part.balance();
        var left = books.account(transfer.from(), before.person());
        var arrived = books.account(transfer.to(), before.person());
        checks.equal("转出地账户 old account", new Books.Account(Fen.ZERO, Fen.ZERO), left);
        checks.equal("转入地账户 new account", before.in(transfer.to()).balance().plus(amount), arrived.balance());
        if (amount.isZero()) {
            return;
        }
        String remittance = transfer.number() + "-1";
        var there = books.place(transfer.from(), remittance);
        var here = books.place(transfer.to(), remittance);
        if (!checks.that(there.isPresent() && here.isPresent(), "两地账本都有这笔划款 both ledgers know the remittance")) {
            return;
        }
        var sent = there.orElseThrow();
        var received = here.orElseThrow();
        checks.equal("在途合计 on the wire", Fen.ZERO, sent.transit().plus(received.transit()));
        checks.equal("挂账 in suspense", Fen.ZERO, received.suspense());
        checks.equal("转出 left", amount.negated(), sent.personal());
        checks.equal("转入 arrived", amount, received.personal());
        checks.equal("转出地账本合计 old ledger's sum", Fen.ZERO, books.sum(transfer.from()));
        checks.equal("转入地账本合计 new ledger's sum", Fen.ZERO, books.sum(transfer.to()));
    }

    /** R10.1, R4.8: every step is there, and every limit has a date that explains itself. */
    private void steps(JsonNode progress, boolean withMoney) {
        var steps = progress.path("steps")
                .valueStream()
                .map(step -> step.path("step").asString())
                .toList();
        checks.that(
                steps.contains("ACCEPTED")
                        && steps.contains("SHEET_RECEIVED")
                        && steps.contains("BOOKED")
                        && steps.contains("MONEY_REMITTED") == withMoney
                        && steps.getLast().equals("COMPLETED"),
                "环节齐全 every step is there: " + String.join(" → ", steps));
        var unexplained = progress.path("steps")
                .valueStream()
                .filter(step -> WITH_LIMIT.contains(step.path("step").asString()) || step.has("dueOn"))
                .filter(step -> !explainsItself(step))
                .map(step -> step.path("step").asString())
                .toList();
        checks.equal("没有说明的期限 limits without an explanation", List.of(), unexplained);
        checks.that(explainsItself(progress.path("promise")), "承诺期限的说明 the promise explains itself");
    }

    private static boolean explainsItself(JsonNode limit) {
        var explanation = limit.path("explanation");
        var counted = explanation
                .path("days")
                .valueStream()
                .filter(day -> day.path("kind").asString().startsWith("COUNTED"))
                .toList();
        return limit.has("dueOn")
                && !counted.isEmpty()
                && counted.size() == explanation.path("workingDays").asInt()
                && counted.getLast()
                        .path("date")
                        .asString()
                        .equals(limit.path("dueOn").asString());
    }

    /** Ended without a transfer: the old relationship and its money are as they were. */
    void untouched(SamplePerson person, Part part, String status) {
        var account = Waiting.until(
                () -> books.account(part.from().code(), person.person()),
                seen -> seen.held().isZero(),
                PATIENCE);
        checks.equal("余额未动、未冻结 the account as it was", new Books.Account(part.balance(), Fen.ZERO), account);
        checks.equal(
                "原参保状态 the old status",
                status,
                books.participation(part.from().code(), person).status());
        checks.equal("账本合计 the ledger's sum", Fen.ZERO, books.sum(part.from().code()));
    }
}
