package org.jiexu.faults;

import java.nio.file.Path;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Added to each service under fire: its producer can be told by a file to deliver late, out of order and twice. */
@Configuration(proxyBeanMethods = false)
public class DisorderlyProducers {
    @Bean
    static BeanPostProcessor disorder(@Value("${faults.disorder}") Path file) {
        var disorder = new Disorder(file);
        return new BeanPostProcessor() {
            @Override
            @SuppressWarnings("unchecked")
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Producer<?, ?> producer
                        ? disorder.around((Producer<String, byte[]>) producer)
                        : bean;
            }
        };
    }
}
