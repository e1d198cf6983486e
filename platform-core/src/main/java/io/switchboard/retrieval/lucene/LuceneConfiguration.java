package io.switchboard.retrieval.lucene;

import io.switchboard.installation.InstallationSettings;
import io.switchboard.retrieval.ChunkIndex;
import io.switchboard.retrieval.Embedder;
import io.switchboard.retrieval.VectorStoreSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VectorStoreSettings.class)
class LuceneConfiguration {

    @Bean
    ChunkIndex embeddedChunkIndex(InstallationSettings installation, Embedder embedder) {
        return new LuceneChunkIndex(installation.dataDir().resolve("index"), embedder.model());
    }
}
