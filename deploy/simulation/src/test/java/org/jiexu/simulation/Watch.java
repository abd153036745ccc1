package org.jiexu.simulation;

import java.util.ArrayList;
import java.util.Collection;
import org.jiexu.settlement.domain.Account;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.AccountKind;
import org.jiexu.settlement.domain.Fact;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.settlement.domain.ReceivingCase.Place;
import org.jiexu.settlement.domain.SendingCase;
import org.jiexu.settlement.domain.clearing.BalanceTable;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferout.domain.State.Name;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.Source;

/** The invariants: what must hold after every step. */
final class Watch {
    private final World world;
    private final Rows<RemittanceNumber, Where> remittances;
    private final Rows<CaseNumber, RemittanceNumber> credited;
    private final Rows<RemittanceNumber, Fen> debts;
    private final Rows<RemittanceNumber, Boolean> corrected;
    private final Rows<String, Boolean> paidOut;

    /** Where one remittance's money is, in fen; what left the old account is negative. */
    private record Where(long old, long wire, long suspense, long person, boolean advance) {
        static final Where NOWHERE = new Where(0, 0, 0, 0, false);

        boolean isOnePlace() {
            long amount = -old;
            return amount >= 0
                    && wire + suspense + person == amount
                    && (wire == amount || wire == 0)
                    && (suspense == amount || suspense == 0)
                    && (person == amount || person == 0);
        }
    }

    Watch(World world) {
        this.world = world;
        remittances = new Rows<>(world.undo);
        credited = new Rows<>(world.undo);
        debts = new Rows<>(world.undo);
        corrected = new Rows<>(world.undo);
        paidOut = new Rows<>(world.undo);
    }

    /** R11.2: a remittance is in exactly one place; and a case is credited once. */
    void posted(Posting posting) {
        var rn = posting.remittance();
        if (rn == null) {
            paidOut(posting);
            return;
        }
        if (isStrangers(posting, rn)) {
            return;
        }
        var where = remittances.getOrDefault(rn, Where.NOWHERE);
        for (var line : posting.lines()) {
            long fen = line.amount().value();
            boolean atOld =
                    line.account().ledger().equals(world.matter(rn.caseNumber()).from());
            where = switch (line.account().kind()) {
                case PERSONAL ->
                    atOld
                            ? new Where(where.old + fen, where.wire, where.suspense, where.person, where.advance)
                            : new Where(where.old, where.wire, where.suspense, where.person + fen, where.advance);
                case TRANSIT -> new Where(where.old, where.wire + fen, where.suspense, where.person, where.advance);
                case CLEARING -> new Where(where.old, where.wire + fen, where.suspense, where.person, true);
                case SUSPENSE -> new Where(where.old, where.wire, where.suspense + fen, where.person, where.advance);
                case BANK, FUND, PAID_DOWN, PAID_OUT, PAID_UP, POOL ->
                    throw new Broken("not for a remittance: " + posting);
            };
        }
        remittances.put(rn, where);
        if (!where.isOnePlace()) {
            throw new Broken(rn + " is not in exactly one place: " + where);
        }
        if (where.person > 0) {
            var earlier = credited.getOrDefault(rn.caseNumber(), rn);
            Broken.unless(earlier.equals(rn), () -> "credited twice: " + earlier + " and " + rn);
            credited.put(rn.caseNumber(), rn);
        }
    }

    /** What a region without a part in the case has sent is nobody's here. */
    private boolean isStrangers(Posting posting, RemittanceNumber rn) {
        int cut = posting.key().indexOf('<');
        if (cut < 0
                || posting.key()
                        .substring(cut + 1)
                        .startsWith(world.matter(rn.caseNumber()).from().value())) {
            return false;
        }
        boolean credited = posting.lines().stream().anyMatch(line -> line.account() instanceof AccountKey.Personal);
        Broken.unless(!credited, () -> "credited with the money of a region without a part: " + posting);
        return true;
    }

    /** R6.2, 43号 Art. 8: a hold takes all that the person has here, under whichever record that was heard of. */
    void isWhole(Fact fact) {
        if (!(fact instanceof Fact.Reserve(var key, var amount))) {
            return;
        }
        var treasury = world.region(key.ledger()).money();
        long all = 0;
        for (var other : world.insured(key.person()).accounts(key.ledger())) {
            var row = treasury.accounts.get(other);
            if (row != null && treasury.joins.leadsTo(other.person(), key.person())) {
                all += row.free().value();
            }
        }
        long whole = all;
        Broken.unless(amount.value() == whole, () -> "held are " + amount + " of " + whole + " on " + key);
    }

    /** R2.10: what is paid out is the person's, and no longer the platform's; once a case. */
    private void paidOut(Posting posting) {
        boolean isJoin = posting.lines().stream().allMatch(line -> line.account() instanceof AccountKey.Personal);
        for (var line : posting.lines()) {
            if (!isJoin
                    && line.account() instanceof AccountKey.Personal(var _, var person)
                    && !line.amount().isPositive()) {
                world.paidIn(person, line.amount());
                Broken.unless(paidOut.get(posting.key()) == null, () -> "paid out twice: " + posting.key());
                paidOut.put(posting.key(), true);
            }
        }
    }

    /** R6.5: a debt is recorded when an advance is credited, once, in its amount. */
    void owed(RemittanceNumber rn, Fen amount) {
        var where = remittances.getOrDefault(rn, Where.NOWHERE);
        Broken.unless(debts.get(rn) == null, () -> "a second debt of " + rn);
        Broken.unless(
                where.advance && where.person == amount.value(),
                () -> "a debt of " + amount + ", but " + rn + " is " + where);
        debts.put(rn, amount);
        world.walked(Way.ADVANCED);
    }

    /** R7.4: what was credited goes back, once. */
    void corrected(RemittanceNumber rn) {
        Broken.unless(debts.get(rn) != null && corrected.get(rn) == null, () -> rn + " cannot be taken back");
        corrected.put(rn, true);
    }

    void afterStep() {
        for (var treasury : world.treasuries) {
            ledger(treasury.self, treasury.accounts.values());
        }
        ledger(world.centre.self, world.centre.books.accounts.values());
        world.centre.tables().forEach(this::everyDebtOfTheQuarter);
        world.persons.forEach(this::everyYuan);
        for (var matter : world.matters) {
            oneArbiter(matter);
            limits(matter);
        }
    }

    /** R11.1: each ledger sums to zero, nothing is negative that may not be. */
    private static void ledger(Source whose, Collection<Account> accounts) {
        long sum = 0;
        for (var account : accounts) {
            long balance = account.balance().value();
            sum += balance;
            Broken.unless(balance >= 0 || account.key().kind().mayBeNegative(), () -> "negative: " + account);
            Broken.unless(
                    account.held().isZero() || account.held().value() <= balance,
                    () -> "held beyond the balance: " + account);
        }
        if (sum != 0) {
            throw new Broken("the ledger of " + whose + " sums to " + sum);
        }
    }

    /** R7.1: what the regions booked in that quarter is in its table, each once, whatever has come since. */
    private void everyDebtOfTheQuarter(BalanceTable table) {
        var booked = new ArrayList<DebtRecordedV1>();
        world.treasuries.forEach(treasury -> booked.addAll(treasury.quarters.debts(table.quarter())));
        var right = world.centre.table(table.quarter(), booked);
        Broken.unless(table.equals(right), () -> table + " is not what was booked: " + right);
    }

    /** What was paid in for a person is on the person's accounts, or on the way between them; and held is what cases hold. */
    private void everyYuan(World.Insured person) {
        long found = 0;
        for (var treasury : world.treasuries) {
            long held = 0;
            for (var key : person.accounts(treasury.region)) {
                var account = treasury.accounts.get(key);
                if (account != null) {
                    found += account.balance().value();
                    held += account.held().value();
                }
            }
            held(person, treasury, held);
        }
        for (var entry : remittances.entries()) {
            var where = entry.getValue();
            Broken.unless(
                    (where.advance && where.person > 0)
                            == (debts.get(entry.getKey()) != null && corrected.get(entry.getKey()) == null),
                    () -> entry.getKey() + " is " + where + ", its debt is " + debts.get(entry.getKey()));
            if (person.records()
                    .contains(world.matter(entry.getKey().caseNumber()).person())) {
                found += entry.getValue().wire + entry.getValue().suspense;
            }
        }
        long paidIn = world.paidIn.getOrDefault(person.id(), 0L);
        if (found != paidIn) {
            throw new Broken(person.id() + " has paid in " + paidIn + ", found is " + found);
        }
    }

    private void held(World.Insured person, Treasury treasury, long onAccounts) {
        long held = 0;
        for (var matter : world.matters) {
            if (person.records().contains(matter.person()) && matter.from().equals(treasury.region)) {
                held += switch (treasury.sent(matter.number())) {
                    case SendingCase.State.Held s -> s.amount().value();
                    case SendingCase.State.Kept s -> s.amount().value();
                    case SendingCase.State.Remitted _ -> world.careless.keptBack(matter.number());
                    default -> 0;
                };
            }
        }
        if (held != onAccounts) {
            throw new Broken(
                    "cases hold " + held + " of " + person + " in " + treasury.region + ", accounts " + onAccounts);
        }
    }

    /** Protocol §0: an end that another party decides is never here before it is there. */
    private void oneArbiter(Matter matter) {
        var number = matter.number();
        var here = matter.receiving().in().state(number);
        var there = matter.old().out().name(number);
        boolean coherent = switch (here) {
            case State.Withdrawn _ -> there == Name.WITHDRAWN || there == Name.NO_CASE;
            case State.Declined _ -> there == Name.DECLINED;
            case State.Booked _, State.YearRunning _ -> there == Name.ISSUED;
            case State.Completed _ -> there == Name.ISSUED || there == Name.COMPLETED;
            default -> there != Name.COMPLETED;
        };
        Broken.unless(coherent, () -> number + " is " + here + " here and " + there + " there");
        boolean paid = !(here instanceof State.Completed c) || c.amount().isZero() || credited.get(number) != null;
        Broken.unless(paid, () -> number + " is completed, and nobody has credited its money");
    }

    /** No case waits unseen: a state that waits for somebody has a limit, an end has none. */
    private void limits(Matter matter) {
        var number = matter.number();
        var in = matter.receiving().in();
        switch (in.state(number)) {
            case State.Accepted _, State.Withdrawing _, State.Returned _ -> runs(in, number, DeadlineKind.PROMISE);
            case State.Received _ -> runs(in, number, DeadlineKind.PROMISE, DeadlineKind.BOOK);
            case State.Booked _ -> runs(in, number, DeadlineKind.PROMISE, DeadlineKind.CREDIT);
            default -> runs(in, number);
        }
        var out = matter.old().out();
        switch (out.name(number)) {
            case HOLDING, HOLD_REFUSED, HELD -> runs(out, number, DeadlineKind.ISSUE);
            case RETURNED -> runs(out, number, DeadlineKind.CORRECT);
            case NO_CASE, ISSUED, COMPLETED, WITHDRAWN, DECLINED -> runs(out, number);
        }
        var settlement = matter.receiving().money();
        if (settlement.hasMoneyWaiting(number)) {
            runs(settlement, number, DeadlineKind.MATCH);
        } else {
            runs(settlement, number);
        }
    }

    private static void runs(Service service, CaseNumber number, DeadlineKind... kinds) {
        int running = 0;
        for (var limit : service.limits.values()) {
            running += limit.running() && limit.number().equals(number) ? 1 : 0;
        }
        boolean right = running == kinds.length;
        for (var kind : kinds) {
            right &= service.runs(number, kind);
        }
        if (!right) {
            throw new Broken(service.self + ", " + number + " " + service.stateOf(number) + ": wrong limits run: "
                    + service.limits.values());
        }
    }

    /** R2.10: at rest the registry knows what lies free on each account that a case has asked for, and why it stays. */
    void leftIsKnown() {
        for (var treasury : world.treasuries) {
            for (var account : treasury.left.accounts()) {
                var row = treasury.accounts.get(account);
                var there = new Machines.Left(row == null ? Fen.ZERO : row.free(), treasury.left.isChosen(account));
                var known = world.registry.told(account.person(), treasury.region);
                boolean same = there.amount().isZero() ? known.amount().isZero() : known.equals(there);
                Broken.unless(same, () -> "the registry believes " + known + " of " + account + ", there is " + there);
            }
        }
    }

    /** After rest: one end on both sides, and nothing left on any way. */
    void atRest(Collection<Service> services) {
        for (var service : services) {
            for (int i = 0; i < service.parked.size(); i++) {
                var parked = service.parked.get(i);
                Broken.unless(
                        world.liar.isOfALie(service.self, parked),
                        () -> service.self + " still has parked: " + parked.data());
            }
            Broken.unless(service.outbox.isEmpty(), () -> service.self + " has not sent: " + service.outbox);
        }
        world.matters.forEach(this::atRest);
        allIsPaid();
        for (var treasury : world.treasuries) {
            for (var account : treasury.accounts.values()) {
                boolean leftOver = account.key().kind() == AccountKind.SUSPENSE
                        && !account.balance().isZero();
                Broken.unless(!leftOver && account.held().isZero(), () -> "left at rest: " + account);
            }
        }
        for (var entry : remittances.entries()) {
            Broken.unless(entry.getValue().wire == 0, () -> entry.getKey() + " is still on the wire");
        }
    }

    /** R7.3: all quarters are cleared, and nobody owes anybody. */
    private void allIsPaid() {
        Broken.unless(!world.centre.hasUncleared(), () -> "uncleared at rest");
        for (var treasury : world.treasuries) {
            for (var account : treasury.accounts.values()) {
                boolean owed = account.key().kind() == AccountKind.CLEARING
                        && !account.balance().isZero();
                Broken.unless(!owed, () -> "still owed: " + account);
            }
        }
        for (var account : world.centre.books.accounts.values()) {
            boolean left = account.key().kind() == AccountKind.POOL
                    && !account.balance().isZero();
            Broken.unless(!left, () -> "left in the pool: " + account);
        }
    }

    private void atRest(Matter matter) {
        var number = matter.number();
        var here = matter.receiving().in().state(number);
        var there = matter.old().out().name(number);
        var sent = matter.old().money().sent(number);
        boolean waiting = sent instanceof SendingCase.State.Held
                || sent instanceof SendingCase.State.Kept
                || sent instanceof SendingCase.State.Remitted;
        Broken.unless(!waiting, () -> number + " left the old settlement in " + sent);
        for (var arrival : matter.receiving().money().arrived(number).arrivals().values()) {
            Broken.unless(
                    arrival.place() instanceof Place.Credited || arrival.place() instanceof Place.SentBack,
                    () -> "left at rest: " + arrival);
        }
        boolean same = switch (here) {
            case State.Completed _ -> there == Name.COMPLETED;
            case State.Withdrawn _ ->
                there == Name.WITHDRAWN || !matter.receiving().in().wasAccepted(number);
            case State.Declined _ -> there == Name.DECLINED;
            case State.Refused _, State.NoSuchCase _ -> there == Name.NO_CASE;
            default -> false;
        };
        Broken.unless(same, () -> number + " rests as " + here + " here and " + there + " there");
        boolean completed = here instanceof State.Completed;
        Broken.unless(
                completed || !(sent instanceof SendingCase.State.PaidOut),
                () -> number + " is " + here + ", and paid out");
        Broken.unless(
                world.registry.isBooked(number) == completed && world.registry.isTerminated(number) == completed,
                () -> number + " is " + here + ", the registry has " + world.registry.stateOf(number));
        var rn = credited.get(number);
        boolean takenBack = rn != null && corrected.get(rn) != null;
        long amount =
                here instanceof State.Completed c && !takenBack ? c.amount().value() : 0;
        long received = rn == null ? 0 : remittances.getOrDefault(rn, Where.NOWHERE).person;
        Broken.unless(received == amount, () -> number + " is " + here + ", credited were " + received);
    }
}
