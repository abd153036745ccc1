package org.jiexu.faults;

import org.jiexu.wire.vocabulary.RegionCode;

/** Cases between two regions, of which a third one hears. */
record StrangersCases(RegionCode from, RegionCode to) {}
