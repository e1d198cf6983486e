package io.switchboard.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/** The secret from which all others of this installation are derived: 32 bytes, never used directly. */
public final class MasterKey {

    private static final int LENGTH = 32;

    private final byte[] bytes;

    private MasterKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws SettingException if the text is not 32 bytes in Base64 */
    public static MasterKey parse(String setting, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException _) {
            bytes = new byte[0];
        }
        if (bytes.length != LENGTH) {
            throw new SettingException(setting, "must be 32 bytes in Base64, as `openssl rand -base64 32` prints them");
        }
        return new MasterKey(bytes);
    }

    /** Reads the key file, or makes one that only its owner can read. */
    static MasterKey readOrCreate(Path file) {
        try {
            if (Files.exists(file)) {
                return read(file);
            }
            byte[] bytes = new byte[LENGTH];
            new SecureRandom().nextBytes(bytes);
            Files.createDirectories(file.getParent());
            createPrivate(file);
            Files.writeString(file, Base64.getEncoder().encodeToString(bytes) + "\n");
            return new MasterKey(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("master key file " + file + " cannot be read or written", e);
        }
    }

    static MasterKey read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("master key file " + file + " cannot be read", e);
        }
    }

    private static void createPrivate(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    /**
     * A key for one purpose (HKDF-SHA-256, RFC 5869); the same purpose always gives the same key.
     *
     * @return 32 bytes
     */
    public byte[] derive(String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(bytes)
                            .thenExpand(("switchboard/" + purpose).getBytes(StandardCharsets.UTF_8), LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256 is not available in this Java runtime", e);
        }
    }

    /** Tells keys apart without telling anything about them; 16 hexadecimal digits. */
    public String fingerprint() {
        return HexFormat.of().formatHex(derive("fingerprint"), 0, 8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MasterKey that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return fingerprint().hashCode();
    }

    @Override
    public String toString() {
        return "MasterKey[hidden]";
    }
}
