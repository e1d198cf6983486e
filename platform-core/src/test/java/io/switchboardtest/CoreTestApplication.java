package io.switchboardtest;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The features of the modules on the class path, without the web. */
@SpringBootApplication(scanBasePackages = "io.switchboard")
public class CoreTestApplication {}
