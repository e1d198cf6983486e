package io.switchboard.ingestion.crawling;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CrawlSettings.class)
class CrawlConfiguration {}
