/**
 * 转入地业务 — takes an application, has both sides checked and accepts or refuses it with every reason; waits for the old
 * region's sealed sheet, which it confirms or returns; books the record, orders the credit, and closes the case when
 * the money stands on the person's account. It answers for the case's progress all along. Who ends a case early is the
 * old region alone: a wish to withdraw is passed on to it. Files: {@code TransferIn} is the process, {@code CarryOut}
 * writes what a move brings, and each thing that can happen has its class here.
 */
@NullMarked
package org.jiexu.transferin;

import org.jspecify.annotations.NullMarked;
