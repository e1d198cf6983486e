package io.switchboard.conversations;

import io.switchboard.channels.FileType;
import io.switchboard.channels.MediaTypes;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Says what a file is by its bytes; its name must agree. */
@Component
class FileTypes {

    /** Programs inside an office document. */
    private static final String MACROS = "vbaProject.bin";

    private final ObjectProvider<MediaTypes> sniffer;

    FileTypes(ObjectProvider<MediaTypes> sniffer) {
        this.sniffer = sniffer;
    }

    /** Empty for what cannot be sent, and for what is called something else. */
    Optional<FileType> of(String name, byte[] content) {
        MediaTypes types = sniffer.getIfAvailable();
        return types == null
                ? Optional.empty()
                : of(types.of(content), name, content).filter(type -> type.isNameFor(name));
    }

    private static Optional<FileType> of(String mediaType, String name, byte[] content) {
        return switch (mediaType) {
            case "text/plain" -> Optional.of(FileType.CSV.isNameFor(name) ? FileType.CSV : FileType.TXT);
            case "application/zip", "application/x-tika-ooxml" -> office(ArchiveNames.of(content));
            default -> FileType.ofMediaType(mediaType);
        };
    }

    private static Optional<FileType> office(List<String> names) {
        if (!names.contains("[Content_Types].xml") || names.stream().anyMatch(name -> name.endsWith(MACROS))) {
            return Optional.empty();
        }
        if (names.stream().anyMatch(name -> name.startsWith("word/"))) {
            return Optional.of(FileType.DOCX);
        }
        if (names.stream().anyMatch(name -> name.startsWith("xl/"))) {
            return Optional.of(FileType.XLSX);
        }
        return names.stream().anyMatch(name -> name.startsWith("ppt/")) ? Optional.of(FileType.PPTX) : Optional.empty();
    }
}
