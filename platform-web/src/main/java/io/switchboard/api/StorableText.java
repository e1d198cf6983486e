package io.switchboard.api;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/** Text without NUL, which PostgreSQL cannot keep; refused at the door, where the field has a name. */
class StorableText extends StringDeserializer {

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        String text = super.deserialize(parser, context);
        if (text != null && text.indexOf('\0') >= 0) {
            throw context.weirdStringException(text, String.class, "NUL character");
        }
        return text;
    }
}
