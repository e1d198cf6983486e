package io.switchboard.knowledge;

import io.switchboard.installation.InstallationSettings;
import io.switchboard.kernel.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.springframework.stereotype.Component;

/** Contents as files: {@code files/<tenant>/<content>} in the data directory. */
@Component
class ContentDirectory implements DocumentContent {

    private final Path root;

    ContentDirectory(InstallationSettings settings) {
        this.root = settings.dataDir().toAbsolutePath().resolve("files");
    }

    @Override
    public ContentId store(TenantId tenant, InputStream bytes) throws IOException {
        ContentId id = ContentId.next();
        Path directory = Files.createDirectories(directory(tenant));
        Path part = directory.resolve(id + ".part");
        try {
            write(part, bytes);
            Files.move(part, directory.resolve(id.toString()), StandardCopyOption.ATOMIC_MOVE);
            syncDirectory(directory);
            return id;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void write(Path file, InputStream bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            bytes.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
    }

    /** Makes the new name durable too; where a directory cannot be opened for that, its file system does it by itself. */
    private static void syncDirectory(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public InputStream open(TenantId tenant, ContentId content) throws IOException {
        return Files.newInputStream(directory(tenant).resolve(content.toString()));
    }

    @Override
    public void delete(TenantId tenant, ContentId content) throws IOException {
        Files.deleteIfExists(directory(tenant).resolve(content.toString()));
    }

    private Path directory(TenantId tenant) {
        return root.resolve(tenant.toString());
    }
}
