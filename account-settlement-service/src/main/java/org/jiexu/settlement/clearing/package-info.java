/**
 * 季度清算 — first moved, then cleared (R7). Each region books what it advances as a debt and, when the quarter is over,
 * states how much that was. The province's centre keeps every debt; when all words and debts agree it makes the table,
 * which never changes. The debtors pay up to the centre, the centre pays down to the creditors, and every ledger sums
 * to 0.00 all the time.
 */
@NullMarked
package org.jiexu.settlement.clearing;

import org.jspecify.annotations.NullMarked;
