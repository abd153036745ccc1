package org.jiexu.simulation;

import org.jiexu.wire.vocabulary.RegionCode;

/** 统筹区 with its three services. */
record Region(RegionCode code, ReceivingDesk in, SendingDesk out, Treasury money) {
    @Override
    public String toString() {
        return code.value();
    }
}
