package org.jiexu.settlement.domain;

import java.util.Comparator;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;

/** 账户标识 — which account in which region's ledger. The order is the order in which rows are locked. */
public sealed interface AccountKey extends Comparable<AccountKey> {
    Comparator<AccountKey> ORDER = Comparator.comparing(AccountKey::ledger)
            .thenComparing(AccountKey::kind)
            .thenComparing(AccountKey::owner);

    /** The region whose ledger the account belongs to. */
    RegionCode ledger();

    AccountKind kind();

    /** What tells accounts of one kind apart: the person, the two ends of a transit or of a clearing account, or nothing. */
    String owner();

    record Personal(RegionCode ledger, PersonId person) implements AccountKey {
        @Override
        public AccountKind kind() {
            return AccountKind.PERSONAL;
        }

        @Override
        public String owner() {
            return person.value();
        }
    }

    /** One logical account for money from {@code from} to {@code to}, of which each side writes its own leg. */
    record Transit(RegionCode ledger, RegionCode from, RegionCode to) implements AccountKey {
        public Transit {
            if (!ledger.equals(from) && !ledger.equals(to)) {
                throw new IllegalArgumentException("a ledger holds only legs of its own region");
            }
        }

        @Override
        public AccountKind kind() {
            return AccountKind.TRANSIT;
        }

        @Override
        public String owner() {
            return from + ">" + to;
        }
    }

    /** What {@code from} owes {@code to} for advances; one logical account as a transit is, and no person touches it. */
    record Clearing(RegionCode ledger, RegionCode from, RegionCode to) implements AccountKey {
        public Clearing {
            if (!ledger.equals(from) && !ledger.equals(to)) {
                throw new IllegalArgumentException("a ledger holds only legs of its own region");
            }
        }

        @Override
        public AccountKind kind() {
            return AccountKind.CLEARING;
        }

        @Override
        public String owner() {
            return from + ">" + to;
        }
    }

    record Bank(RegionCode ledger) implements AccountKey {
        @Override
        public AccountKind kind() {
            return AccountKind.BANK;
        }

        @Override
        public String owner() {
            return "";
        }
    }

    record PaidOut(RegionCode ledger) implements AccountKey {
        @Override
        public AccountKind kind() {
            return AccountKind.PAID_OUT;
        }

        @Override
        public String owner() {
            return "";
        }
    }

    record Suspense(RegionCode ledger) implements AccountKey {
        @Override
        public AccountKind kind() {
            return AccountKind.SUSPENSE;
        }

        @Override
        public String owner() {
            return "";
        }
    }

    record Fund(RegionCode ledger) implements AccountKey {
        @Override
        public AccountKind kind() {
            return AccountKind.FUND;
        }

        @Override
        public String owner() {
            return "";
        }
    }

    /** What {@code region} has paid up; in its own ledger, and in its province's. */
    record PaidUp(RegionCode ledger, RegionCode region) implements AccountKey {
        @Override
        public AccountKind kind() {
            return AccountKind.PAID_UP;
        }

        @Override
        public String owner() {
            return region.value();
        }
    }

    /** What {@code region} was paid down; in its own ledger, and in its province's. */
    record PaidDown(RegionCode ledger, RegionCode region) implements AccountKey {
        @Override
        public AccountKind kind() {
            return AccountKind.PAID_DOWN;
        }

        @Override
        public String owner() {
            return region.value();
        }
    }

    /** The pool of a province's clearing centre. */
    record Pool(RegionCode ledger) implements AccountKey {
        @Override
        public AccountKind kind() {
            return AccountKind.POOL;
        }

        @Override
        public String owner() {
            return "";
        }
    }

    @Override
    default int compareTo(AccountKey other) {
        return ORDER.compare(this, other);
    }
}
