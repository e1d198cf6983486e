package io.switchboard.whatsapp.meta;

import io.switchboard.channels.AttachedFile;
import io.switchboard.channels.FileType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A file as Meta wants it uploaded: a form of several parts. What the customer sees as its name is said by the message. */
final class MetaUpload {

    private static final int ROOM_FOR_FIELDS = 1024;

    private final String boundary = "switchboard-" + UUID.randomUUID();
    private final AttachedFile file;

    MetaUpload(AttachedFile file) {
        this.file = file;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    byte[] body() {
        ByteArrayOutputStream body = new ByteArrayOutputStream(file.content().length + ROOM_FOR_FIELDS);
        field(body, "name=\"messaging_product\"\r\n\r\nwhatsapp");
        field(body, "name=\"type\"\r\n\r\n" + mediaType());
        field(
                body,
                "name=\"file\"; filename=\"file." + file.type().endings().getFirst() + "\"\r\nContent-Type: "
                        + mediaType() + "\r\n\r\n");
        body.writeBytes(file.content());
        body.writeBytes(ascii("\r\n--" + boundary + "--\r\n"));
        return body.toByteArray();
    }

    /** Meta's list has no tables of text, and takes them as text. */
    private String mediaType() {
        return file.type() == FileType.CSV
                ? FileType.TXT.mediaType()
                : file.type().mediaType();
    }

    private void field(ByteArrayOutputStream body, String nameAndValue) {
        String before = body.size() == 0 ? "" : "\r\n";
        body.writeBytes(ascii(before + "--" + boundary + "\r\nContent-Disposition: form-data; " + nameAndValue));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
