package io.switchboard.ingestion.parsing;

import io.switchboard.ingestion.parsing.DocumentReader.FormatReader;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.tika.config.TikaConfig;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.extractor.ParsingEmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.xml.sax.SAXException;

/** Office files, e-books and mails through Tika, without what is attached to or embedded in them. */
final class OfficeReader implements FormatReader {

    private final AutoDetectParser parser;

    OfficeReader(TikaConfig tika) {
        this.parser = new AutoDetectParser(tika);
    }

    @Override
    public String read(Path file, BlockSink sink) throws IOException, SAXException, TikaException {
        Metadata metadata = new Metadata();
        ParseContext context = new ParseContext();
        context.set(Parser.class, parser);
        context.set(EmbeddedDocumentExtractor.class, new BodiesOnly(context));
        OfficeParserConfig config = new OfficeParserConfig();
        config.setIncludeHeadersAndFooters(false);
        config.setIncludeDeletedContent(false);
        config.setIncludeMoveFromContent(false);
        config.setIncludeSlideMasterContent(false);
        context.set(OfficeParserConfig.class, config);
        try (TikaInputStream bytes = TikaInputStream.get(file)) {
            parser.parse(bytes, new XhtmlBlocks(sink), metadata, context);
        }
        String title = metadata.get(TikaCoreProperties.TITLE);
        return title == null ? "" : title.strip();
    }

    /** The text of a mail is a part of it like its attachments, but has no name. */
    private static final class BodiesOnly extends ParsingEmbeddedDocumentExtractor {

        BodiesOnly(ParseContext context) {
            super(context);
        }

        @Override
        public boolean shouldParseEmbedded(Metadata metadata) {
            String type = metadata.get(Metadata.CONTENT_TYPE);
            return type != null
                    && (type.startsWith("text/plain") || type.startsWith("text/html"))
                    && metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY) == null;
        }
    }
}
