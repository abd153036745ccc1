package org.jiexu.settlement.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jiexu.settlement.domain.Account;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.AccountKind;
import org.jiexu.settlement.domain.Ledger;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.settlement.domain.Stop;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 账本存储 — accounts and postings. Every method that writes needs the transaction of the move it belongs to. */
@Repository
public class LedgerStore {
    private static final String NOT_STOPPED = "NONE";

    private final JdbcClient jdbc;

    /** An account with its row. */
    private record Row(long id, Account account) {}

    public LedgerStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes the posting, or says why not; the rule is {@link Ledger#post}. When it is refused, the caller must roll back:
     * its key is already written.
     */
    public Ledger.Answer post(Posting posting, Instant at) {
        var id = insert(posting, at);
        if (id.isEmpty()) {
            return Ledger.post(posting, posting(posting.ledger(), posting.key()), Map.of());
        }
        var rows = lock(
                posting.ledger(),
                posting.lines().stream().map(Posting.Line::account).toList());
        var accounts = new HashMap<AccountKey, Account>();
        rows.forEach((key, row) -> accounts.put(key, row.account()));
        var answer = Ledger.post(posting, Optional.empty(), accounts);
        if (answer instanceof Ledger.Answer.Posted(var after)) {
            write(id.get(), posting, rows, after);
        }
        return answer;
    }

    /** The account as it stands, its row locked until the transaction ends. */
    public Optional<Account> lock(AccountKey key) {
        return Optional.ofNullable(lockExisting(key.ledger(), List.of(key)).get(key))
                .map(Row::account);
    }

    public Optional<Account> account(AccountKey key) {
        return jdbc.sql("select * from account where region = :region and kind = :kind and owner = :owner")
                .param("region", key.ledger().value())
                .param("kind", key.kind().name())
                .param("owner", key.owner())
                .query(LedgerStore::read)
                .optional()
                .map(Row::account);
    }

    /**
     * Puts a hold on the account, or with a negative amount takes it off; the table's checks are the wall behind it. A case
     * that asks for the money lifts what was chosen before, and from then on it is told what is left (R2.10).
     */
    public void hold(AccountKey.Personal key, Fen change) {
        int rows = jdbc.sql("""
            with changed as (
                update account
                   set held = held + :change, followed = true,
                       chosen_by = case when :change > 0 then '' else chosen_by end
                 where region = :region and kind = 'PERSONAL' and owner = :owner
                returning id, balance - held <> left_said as differs),
            told as (
                insert into left_to_tell (account, why) select id, 'RELEASED' from changed where differs
                on conflict (account) do nothing)
            select count(*)::int from changed
            """)
                .param("change", change.value())
                .param("region", key.ledger().value())
                .param("owner", key.owner())
                .query(Integer.class)
                .single();
        if (rows != 1) {
            throw new IllegalStateException("a hold on an account that does not exist");
        }
    }

    /** Opens the account if it is not there; says whether it was opened. */
    public boolean open(AccountKey key) {
        return insertMissing(key.ledger(), List.of(key)) > 0;
    }

    /** Stops or frees the account, and writes down who said so. No row: no such account. */
    public boolean stop(AccountKey.Personal key, @Nullable Stop stop, String note, String saidBy, Instant at) {
        var kind = stop == null ? NOT_STOPPED : stop.kind().name();
        return jdbc.sql("""
            with stopped as (
                update account set stop = :stop, stop_note = :stopNote
                 where region = :region and kind = 'PERSONAL' and owner = :owner returning id)
            insert into account_stop (account, stop, note, said_by, said_at)
            select id, :stop, :note, :saidBy, :at from stopped
            """)
                        .param("stop", kind)
                        .param("stopNote", stop == null ? "" : stop.note())
                        .param("region", key.ledger().value())
                        .param("owner", key.owner())
                        .param("note", note)
                        .param("saidBy", saidBy)
                        .param("at", utc(at))
                        .update()
                == 1;
    }

    /** What a business key says in that ledger, if anything. */
    public Optional<Posting> posting(RegionCode region, String key) {
        record Found(
                AccountKey account,
                Fen amount,
                String remittance,
                @Nullable String reverses) {}
        var lines = jdbc.sql("""
            select a.region, a.kind, a.owner, l.amount, p.remittance, p.reverses
              from posting p join posting_line l on l.posting = p.id join account a on a.id = l.account
             where p.region = :region and p.business_key = :key order by l.line
            """)
                .param("region", region.value())
                .param("key", key)
                .query((row, n) -> new Found(
                        key(row),
                        Fen.of(row.getLong("amount")),
                        row.getString("remittance"),
                        row.getString("reverses")))
                .list();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        var first = lines.getFirst();
        return Optional.of(new Posting(
                key,
                region,
                lines.stream()
                        .map(line -> new Posting.Line(line.account(), line.amount()))
                        .toList(),
                Fen.ZERO,
                first.remittance().isEmpty() ? null : RemittanceNumber.parse(first.remittance()),
                first.reverses()));
    }

    private Optional<Long> insert(Posting posting, Instant at) {
        return jdbc.sql("""
            insert into posting (region, business_key, remittance, reverses, made_at)
            values (:region, :key, :remittance, :reverses, :at)
            on conflict (region, business_key) do nothing returning id
            """)
                .param("region", posting.ledger().value())
                .param("key", posting.key())
                .param("remittance", text(posting.remittance()))
                .param("reverses", posting.reverses())
                .param("at", utc(at))
                .query(Long.class)
                .optional();
    }

    /** The rows of these accounts, opened where missing, locked in one fixed order by everybody. */
    private Map<AccountKey, Row> lock(RegionCode region, Collection<AccountKey> keys) {
        var found = lockExisting(region, keys);
        if (found.size() == new TreeSet<>(keys).size()) {
            return found;
        }
        insertMissing(region, keys);
        return lockExisting(region, keys);
    }

    /** Each by its key, one after another: a join would let the planner read a region's accounts. */
    private Map<AccountKey, Row> lockExisting(RegionCode region, Collection<AccountKey> keys) {
        var sorted = List.copyOf(new TreeSet<>(keys));
        var rows = jdbc.sql("""
            select a.* from unnest(:kinds::text[], :owners::text[]) as k (kind, owner)
             cross join lateral (
                   select * from account where region = :region and kind = k.kind and owner = k.owner for update) a
            """)
                .param("kinds", kinds(sorted))
                .param("owners", owners(sorted))
                .param("region", region.value())
                .query(LedgerStore::read)
                .list();
        var found = new TreeMap<AccountKey, Row>();
        rows.forEach(row -> found.put(row.account().key(), row));
        return found;
    }

    private int insertMissing(RegionCode region, Collection<AccountKey> keys) {
        var sorted = List.copyOf(new TreeSet<>(keys));
        return jdbc.sql("""
            insert into account (region, kind, owner, counter_region)
            select :region, k.kind, k.owner, k.counter_region
              from unnest(:kinds::text[], :owners::text[], :counters::text[]) as k (kind, owner, counter_region)
             order by k.kind, k.owner
            on conflict (region, kind, owner) do nothing
            """)
                .param("region", region.value())
                .param("kinds", kinds(sorted))
                .param("owners", owners(sorted))
                .param(
                        "counters",
                        sorted.stream().map(LedgerStore::counterRegion).toArray(String[]::new))
                .update();
    }

    private void write(long posting, Posting content, Map<AccountKey, Row> rows, List<Account> after) {
        var ids = content.lines().stream()
                .map(line -> row(rows, line.account()).id())
                .toArray(Long[]::new);
        jdbc.sql("""
            with written as (
                insert into posting_line (posting, line, region, account, amount)
                select :posting, l.line, :region, l.account, l.amount
                  from unnest(:accounts::bigint[], :amounts::bigint[]) with ordinality as l (account, amount, line)),
            changed as (
                update account a set balance = b.balance, held = b.held
                  from unnest(:accounts::bigint[], :balances::bigint[], :helds::bigint[]) as b (account, balance, held)
                 where a.id = b.account
                returning a.id, a.followed and a.balance - a.held <> a.left_said as differs)
            insert into left_to_tell (account, why) select id, 'CREDITED' from changed where differs
            on conflict (account) do nothing
            """)
                .param("posting", posting)
                .param("region", content.ledger().value())
                .param("accounts", ids)
                .param(
                        "amounts",
                        content.lines().stream()
                                .map(line -> line.amount().value())
                                .toArray(Long[]::new))
                .param("balances", after.stream().map(a -> a.balance().value()).toArray(Long[]::new))
                .param("helds", after.stream().map(a -> a.held().value()).toArray(Long[]::new))
                .update();
    }

    private static Row row(Map<AccountKey, Row> rows, AccountKey key) {
        var row = rows.get(key);
        if (row == null) {
            throw new IllegalStateException("an account that was opened is gone");
        }
        return row;
    }

    private static Row read(ResultSet row, int n) throws SQLException {
        var stop = row.getString("stop");
        return new Row(
                row.getLong("id"),
                new Account(
                        key(row),
                        Fen.of(row.getLong("balance")),
                        Fen.of(row.getLong("held")),
                        stop.equals(NOT_STOPPED)
                                ? null
                                : new Stop(Stop.Kind.valueOf(stop), row.getString("stop_note"))));
    }

    static AccountKey key(ResultSet row) throws SQLException {
        var region = new RegionCode(row.getString("region"));
        var owner = row.getString("owner");
        return switch (AccountKind.valueOf(row.getString("kind"))) {
            case BANK -> new AccountKey.Bank(region);
            case CLEARING -> {
                int cut = owner.indexOf('>');
                yield new AccountKey.Clearing(
                        region, new RegionCode(owner.substring(0, cut)), new RegionCode(owner.substring(cut + 1)));
            }
            case FUND -> new AccountKey.Fund(region);
            case PAID_DOWN -> new AccountKey.PaidDown(region, new RegionCode(owner));
            case PAID_OUT -> new AccountKey.PaidOut(region);
            case PAID_UP -> new AccountKey.PaidUp(region, new RegionCode(owner));
            case PERSONAL -> new AccountKey.Personal(region, new PersonId(owner));
            case POOL -> new AccountKey.Pool(region);
            case SUSPENSE -> new AccountKey.Suspense(region);
            case TRANSIT -> {
                int cut = owner.indexOf('>');
                yield new AccountKey.Transit(
                        region, new RegionCode(owner.substring(0, cut)), new RegionCode(owner.substring(cut + 1)));
            }
        };
    }

    private static String counterRegion(AccountKey key) {
        return switch (key) {
            case AccountKey.Transit(var ledger, var from, var to) -> (ledger.equals(from) ? to : from).value();
            case AccountKey.Clearing(var ledger, var from, var to) -> (ledger.equals(from) ? to : from).value();
            case AccountKey.Bank _,
                    AccountKey.Personal _,
                    AccountKey.Suspense _,
                    AccountKey.Fund _,
                    AccountKey.PaidOut _ -> "";
            case AccountKey.PaidUp _, AccountKey.PaidDown _, AccountKey.Pool _ -> "";
        };
    }

    private static String[] kinds(List<AccountKey> keys) {
        return keys.stream().map(key -> key.kind().name()).toArray(String[]::new);
    }

    private static String[] owners(List<AccountKey> keys) {
        return keys.stream().map(AccountKey::owner).toArray(String[]::new);
    }

    private static String text(@Nullable RemittanceNumber remittance) {
        return remittance == null ? "" : remittance.toString();
    }

    static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
