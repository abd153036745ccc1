/** 转入: the rules of the receiving region, without database, clock or network. */
@NullMarked
package org.jiexu.transferin.domain;

import org.jspecify.annotations.NullMarked;
