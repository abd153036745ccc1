package org.jiexu.settlement.postgres;

import java.util.Collection;
import java.util.List;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.wire.contract.LeftReason;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * 留存余额 — which accounts are followed, and what is to be said of them (R2.10). Every method needs the transaction of the
 * move that it belongs to.
 */
@Repository
public class LeftBalanceStore {
    private final JdbcClient jdbc;

    public LeftBalanceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is said of one account; the row of the account is locked. */
    public record Left(
            PersonId person,
            RegionCode region,
            Fen amount,
            long change,
            LeftReason why,
            boolean chosen,
            @Nullable String ground,
            @Nullable CaseNumber number) {}

    /** The account is followed, opened where there is none: what comes later is left as well. */
    public void follow(AccountKey.Personal account) {
        choose(account, "");
    }

    /** R2.10: the person said in that case that the money stays. */
    public void stays(AccountKey.Personal account, CaseNumber by) {
        choose(account, by.value());
        tell(account, LeftReason.CHOSEN, null, null);
    }

    private void choose(AccountKey.Personal account, String by) {
        jdbc.sql("""
            insert into account (region, kind, owner, counter_region, followed, chosen_by)
            values (:region, 'PERSONAL', :owner, '', true, :by)
            on conflict (region, kind, owner) do update
               set followed = true, chosen_by = :by
             where not account.followed or account.chosen_by <> :by
            """)
                .param("region", account.ledger().value())
                .param("owner", account.owner())
                .param("by", by)
                .update();
    }

    /** The case in which the person said so ended without a transfer; nothing where no account waits for it. */
    public void unchoose(RegionCode region, CaseNumber by) {
        jdbc.sql("""
            with unchosen as (
                update account set chosen_by = '' where chosen_by = :by and region = :region returning id, balance, held)
            insert into left_to_tell (account, why)
            select id, 'RELEASED' from unchosen where balance <> held
            on conflict (account) do update set why = excluded.why
            """).param("by", by.value()).param("region", region.value()).update();
    }

    /** To be told, with the ground on which money came back; not where nothing lies there and nothing was said before. */
    public void tell(
            AccountKey.Personal account, LeftReason why, @Nullable String ground, @Nullable CaseNumber number) {
        jdbc.sql("""
            insert into left_to_tell (account, why, ground, number)
            select id, :why, :ground, :number from account
             where region = :region and kind = 'PERSONAL' and owner = :owner and (balance <> held or left_said <> 0)
            on conflict (account) do update
               set why = excluded.why, ground = excluded.ground, number = excluded.number
            """)
                .param("why", why.name())
                .param("ground", ground)
                .param("number", number == null ? null : number.value())
                .param("region", account.ledger().value())
                .param("owner", account.owner())
                .update();
    }

    /** The account of a merged record goes on as another one, which is followed from then on if that one was. */
    public void inherit(RegionCode region, PersonId merged, PersonId kept) {
        jdbc.sql("""
            insert into account (region, kind, owner, counter_region, followed, chosen_by)
            select region, kind, :kept, '', true, chosen_by from account
             where region = :region and kind = 'PERSONAL' and owner = :merged and followed
            on conflict (region, kind, owner) do update
               set followed = true,
                   chosen_by = case when account.chosen_by = '' then excluded.chosen_by else account.chosen_by end
            """)
                .param("region", region.value())
                .param("merged", merged.value())
                .param("kept", kept.value())
                .update();
        var account = new AccountKey.Personal(region, kept);
        if (isFollowed(account)) {
            tell(account, LeftReason.CREDITED, null, null);
        }
    }

    private boolean isFollowed(AccountKey.Personal account) {
        return jdbc.sql("select followed from account where region = :region and kind = 'PERSONAL' and owner = :owner")
                .param("region", account.ledger().value())
                .param("owner", account.owner())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /**
     * The next that are to be said, counted and taken off the list; those of which nothing was said and nothing is left, are
     * only taken off. Accounts that a posting holds are passed over and come again.
     */
    public List<Left> take(Collection<RegionCode> hosted, int most) {
        return jdbc.sql("""
            with next as materialized (
                select a.id, a.balance - a.held as free, a.left_said from account a
                 where a.id in (select t.account from left_to_tell t join account o on o.id = t.account
                                 where o.region in (:hosted) order by t.account limit :most)
                 order by a.id
                   for update skip locked),
            taken as (
                delete from left_to_tell t using next n where t.account = n.id returning t.*)
            update account a set left_said = n.free, left_changes = a.left_changes + 1
              from next n join taken t on t.account = n.id
             where a.id = n.id and (n.free <> 0 or n.left_said <> 0)
            returning a.region, a.owner, n.free, a.left_changes, t.why, t.ground, t.number, a.chosen_by <> '' as chosen
            """)
                .param("most", most)
                .param("hosted", hosted.stream().map(RegionCode::value).toList())
                .query((row, n) -> {
                    var number = row.getString("number");
                    var free = Fen.of(row.getLong("free"));
                    return new Left(
                            new PersonId(row.getString("owner")),
                            new RegionCode(row.getString("region")),
                            free,
                            row.getLong("left_changes"),
                            free.isZero() ? LeftReason.GONE : LeftReason.valueOf(row.getString("why")),
                            row.getBoolean("chosen"),
                            row.getString("ground"),
                            number == null ? null : new CaseNumber(number));
                })
                .list();
    }
}
