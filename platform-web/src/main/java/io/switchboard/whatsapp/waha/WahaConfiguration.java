package io.switchboard.whatsapp.waha;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WahaSettings.class)
class WahaConfiguration {}
