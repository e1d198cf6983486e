package io.switchboard.knowledge;

import io.switchboard.installation.InstallationSettings;
import io.switchboard.kernel.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Contents as files: {@code files/<tenant>/<content>} in the data directory. */
@Component
class ContentDirectory implements DocumentContent {

    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

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

    @Override
    public Set<TenantId> tenants() throws IOException {
        if (Files.notExists(root)) {
            return Set.of();
        }
        try (Stream<Path> directories = Files.list(root)) {
            return directories
                    .map(directory -> directory.getFileName().toString())
                    .filter(name -> UUID_FORM.matcher(name).matches())
                    .map(name -> new TenantId(UUID.fromString(name)))
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public long deleteUnwanted(TenantId tenant, Set<ContentId> wanted, Instant writtenBefore) throws IOException {
        Path directory = directory(tenant);
        Set<String> names = wanted.stream().map(ContentId::toString).collect(Collectors.toSet());
        List<Path> all = filesIn(directory);
        long deleted = 0;
        for (Path file : all) {
            if (!names.contains(file.getFileName().toString()) && isOlder(file, writtenBefore)) {
                deleted += Files.deleteIfExists(file) ? 1 : 0;
            }
        }
        if (deleted == all.size()) {
            Files.deleteIfExists(directory);
        }
        return deleted;
    }

    @Override
    public long count(TenantId tenant) throws IOException {
        return filesIn(directory(tenant)).size();
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    private static boolean isOlder(Path file, Instant moment) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(moment);
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    private Path directory(TenantId tenant) {
        return root.resolve(tenant.toString());
    }
}
