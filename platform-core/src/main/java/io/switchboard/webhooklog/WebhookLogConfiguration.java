package io.switchboard.webhooklog;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookLogSettings.class)
class WebhookLogConfiguration {}
