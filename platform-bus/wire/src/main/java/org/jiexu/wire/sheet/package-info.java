/** 信息表: what travels between regions, how it is written, sealed and checked (43号 Annex 3). */
@NullMarked
package org.jiexu.wire.sheet;

import org.jspecify.annotations.NullMarked;
