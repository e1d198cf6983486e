package io.switchboard.retrieval;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VectorStoreSettings.class)
class IndexConfiguration {

    /** Closed by its store. */
    @Bean(destroyMethod = "")
    ChunkIndex chunkIndex(ChunkStores stores) {
        return stores.chosen();
    }
}
