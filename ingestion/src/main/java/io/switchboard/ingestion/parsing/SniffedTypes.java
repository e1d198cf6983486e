package io.switchboard.ingestion.parsing;

import io.switchboard.channels.MediaTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.springframework.stereotype.Component;

/** Tells types by the first bytes alone; nothing is parsed, so it may look at strangers' files in this process. */
@Component
class SniffedTypes implements MediaTypes {

    private final MimeTypes known = MimeTypes.getDefaultMimeTypes();

    @Override
    public String of(byte[] content) {
        try (TikaInputStream bytes = TikaInputStream.get(content)) {
            return known.detect(bytes, new Metadata()).getBaseType().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
