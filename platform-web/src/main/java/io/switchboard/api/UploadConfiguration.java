package io.switchboard.api;

import jakarta.servlet.MultipartConfigElement;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.servlet.MultipartConfigFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/** Lets the server accept one file of the size that knowledge accepts, and the form around it. */
@Configuration(proxyBeanMethods = false)
class UploadConfiguration {

    private static final DataSize DEFAULT_FILE_SIZE = DataSize.ofMegabytes(50);
    private static final DataSize FORM_SIZE = DataSize.ofMegabytes(1);
    private static final DataSize KEPT_IN_MEMORY = DataSize.ofMegabytes(1);

    @Bean
    MultipartConfigElement multipartConfigElement(Environment environment) {
        DataSize file = Binder.get(environment)
                .bind("switchboard.max-file-size", DataSize.class)
                .orElse(DEFAULT_FILE_SIZE);
        MultipartConfigFactory factory = new MultipartConfigFactory();
        factory.setMaxFileSize(file);
        factory.setMaxRequestSize(DataSize.ofBytes(file.toBytes() + FORM_SIZE.toBytes()));
        factory.setFileSizeThreshold(KEPT_IN_MEMORY);
        return factory.createMultipartConfig();
    }
}
