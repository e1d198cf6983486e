package io.switchboardtest;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The features of the modules on the class path, without the web. */
@AutoConfigurationPackage(basePackages = "io.switchboard")
@SpringBootApplication(scanBasePackages = "io.switchboard")
public class CoreTestApplication {}
