package org.jiexu.transferin;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jiexu.bus.journal.UuidV7;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Idempotency;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.EmployerList;
import org.jiexu.transferin.domain.LineFault;
import org.jiexu.transferin.domain.ListedLine;
import org.jiexu.transferin.postgres.ListStore;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 受理名单 — takes an employer's list in, whole or not at all (R1.5). Lines go to the database as they are read; the list is
 * never in memory. The same text of the same employer again is the list that is there.
 */
@Component
public class TakeList {
    /** House rule: more persons than this come in several lists. */
    public static final int MOST_LINES = 10_000;

    private static final int CHUNK = 500;

    private final TransactionTemplate transaction;
    private final ListStore lists;
    private final BusinessClock clock;
    private final WorkOffLists workOffLists;

    public TakeList(TransactionTemplate transaction, ListStore lists, BusinessClock clock, WorkOffLists workOffLists) {
        this.transaction = transaction;
        this.lists = lists;
        this.clock = clock;
        this.workOffLists = workOffLists;
    }

    /** What came of a list: its own, or the same list's from before. */
    public record Taken(EmployerList list, boolean isNew) {}

    /** {@code skipFaulty}: the good lines start although others are faulty; otherwise one faulty line stops all. */
    public Taken take(
            RegionCode region,
            String uscc,
            String subject,
            String digest,
            Iterator<ListedLine> lines,
            boolean skipFaulty) {
        var id = UuidV7.next().toString();
        boolean isNew = Boolean.TRUE.equals(transaction.execute(status -> {
            var list = new EmployerList(id, 0, region, uscc, subject, digest, 0, clock.instant());
            if (!lists.insert(list)) {
                return false;
            }
            var faults = insert(id, lines);
            if (!faults.isEmpty() && !skipFaulty) {
                throw faulty(faults);
            }
            Idempotency.produced("/api/v1/regions/" + region + "/transfer-batches/" + id);
            return true;
        }));
        if (isNew) {
            workOffLists.wake();
        }
        return new Taken(lists.find(region, uscc, digest).orElseThrow(Problem::notFound), isNew);
    }

    private List<LineFault> insert(String id, Iterator<ListedLine> lines) {
        var faults = new ArrayList<LineFault>();
        var chunk = new ArrayList<ListedLine>(CHUNK);
        int count = 0;
        while (lines.hasNext()) {
            var line = lines.next();
            if (++count > MOST_LINES) {
                throw Problem.badRequest("TOO_MANY_LINES", "名单超过10000行，请分成几份提交。");
            }
            faults.addAll(line.faults());
            chunk.add(line);
            if (chunk.size() == CHUNK) {
                lists.insertLines(id, chunk);
                chunk.clear();
            }
        }
        if (count == 0) {
            throw Problem.badRequest("EMPTY_LIST", "名单没有内容。");
        }
        lists.insertLines(id, chunk);
        lists.countLines(id, count);
        return faults;
    }

    private static Problem faulty(List<LineFault> faults) {
        long lines = faults.stream().map(LineFault::line).distinct().count();
        return Problem.badRequest("FAULTY_LIST", "名单中有" + lines + "行有误，没有办理其中任何一行；请更正后重新提交，或者选择跳过有误的行。")
                .with("faultyLines", lines)
                .with("faults", faults);
    }
}
