package org.jiexu.settlement;

import org.jiexu.bus.BusConfiguration;
import org.jiexu.bus.service.JiexuService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** 资金结算 — one process for one region, or for a province's. */
@SpringBootApplication
@Import(BusConfiguration.class)
public class SettlementApplication {
    public static final String NAME = "settlement";

    public static void main(String[] args) {
        JiexuService.run(SettlementApplication.class, NAME, args);
    }
}
