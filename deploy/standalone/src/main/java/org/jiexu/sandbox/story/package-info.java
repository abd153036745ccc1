/**
 * Stories: whole transfers through the gateway, told step by step and checked against the rulebook.
 *
 * <p>{@link org.jiexu.sandbox.story.TransferCase} and {@link org.jiexu.sandbox.story.Books} are a library for whoever
 * wants to run a case as its people do; {@link org.jiexu.sandbox.story.Stories} tells the seven.
 */
@NullMarked
package org.jiexu.sandbox.story;

import org.jspecify.annotations.NullMarked;
