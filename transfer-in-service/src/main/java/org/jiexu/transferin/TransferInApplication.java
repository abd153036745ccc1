package org.jiexu.transferin;

import org.jiexu.bus.BusConfiguration;
import org.jiexu.bus.service.JiexuService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** 转入服务 — for every region that this instance hosts. */
@SpringBootApplication
@Import(BusConfiguration.class)
public class TransferInApplication {
    public static final String NAME = "transfer-in";

    public static void main(String[] args) {
        JiexuService.run(TransferInApplication.class, NAME, args);
    }
}
