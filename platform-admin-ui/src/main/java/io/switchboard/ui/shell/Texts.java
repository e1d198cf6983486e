package io.switchboard.ui.shell;

import com.vaadin.flow.i18n.I18NProvider;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The texts of all views, from {@code vaadin-i18n/translations.properties}. */
@Component
class Texts implements I18NProvider {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Texts.class);
    private static final String BUNDLE = "vaadin-i18n.translations";

    @Override
    public List<Locale> getProvidedLocales() {
        return List.of(Locale.ENGLISH);
    }

    @Override
    public String getTranslation(String key, Locale locale, Object... params) {
        try {
            String text = ResourceBundle.getBundle(BUNDLE, Locale.ENGLISH).getString(key);
            return params.length == 0 ? text : new MessageFormat(text, Locale.ENGLISH).format(params);
        } catch (MissingResourceException _) {
            LOG.warn("No text for {}", key);
            return key;
        }
    }
}
