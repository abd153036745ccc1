/**
 * The rules of settlement, without database, topic or clock: the two cases of {@code protocol.md} §4 and §5, the ledger,
 * and who acts on which message.
 */
@NullMarked
package org.jiexu.settlement.domain;

import org.jspecify.annotations.NullMarked;
