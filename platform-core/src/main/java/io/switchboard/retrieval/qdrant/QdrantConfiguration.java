package io.switchboard.retrieval.qdrant;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QdrantSettings.class)
class QdrantConfiguration {}
