package org.jiexu.transferout;

import org.jiexu.bus.BusConfiguration;
import org.jiexu.bus.service.JiexuService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** 转出地业务, as a process of its own or beside others in one JVM. */
@SpringBootApplication
@Import(BusConfiguration.class)
public class TransferOutApplication {
    public static void main(String[] args) {
        JiexuService.run(TransferOutApplication.class, "transfer-out", args);
    }
}
