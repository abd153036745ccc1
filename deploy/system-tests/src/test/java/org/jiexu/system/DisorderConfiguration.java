package org.jiexu.system;

import org.apache.kafka.clients.producer.Producer;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Added to each service under test: its producer can be told to deliver late and out of order. */
@Configuration(proxyBeanMethods = false)
public class DisorderConfiguration {
    @Bean
    static BeanPostProcessor disorderlyProducers() {
        return new BeanPostProcessor() {
            @Override
            @SuppressWarnings("unchecked")
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Producer<?, ?> producer
                        ? Disorder.around((Producer<String, byte[]>) producer)
                        : bean;
            }
        };
    }
}
