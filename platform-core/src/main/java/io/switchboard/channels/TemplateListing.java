package io.switchboard.channels;

import java.util.List;

/** Outcome of {@link ChannelTemplates#list}. */
public sealed interface TemplateListing {

    /** All of them. */
    record Listed(List<MessageTemplate> templates) implements TemplateListing {

        public Listed {
            templates = List.copyOf(templates);
        }
    }

    /**
     * The provider told nothing, or not all.
     *
     * @param sentence why not, in plain words
     * @param remedy what to do
     */
    record Unavailable(String sentence, String remedy) implements TemplateListing {}
}
