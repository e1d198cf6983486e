package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.AttachedFile;
import io.switchboard.channels.Channel;
import io.switchboard.channels.SendResult;
import io.switchboard.outbound.ProviderClient;
import io.switchboard.outbound.RetryAfter;
import io.switchboard.whatsapp.Payload;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A file on its way to a customer: uploaded first, however often, and then named by the one message. */
final class MetaFile {

    private MetaFile() {}

    sealed interface Upload {

        record Done(String mediaId) implements Upload {}

        /** @param result of the message, of which nothing has left */
        record Failed(SendResult result) implements Upload {}
    }

    static Upload upload(GraphApi graph, Channel channel, String token, AttachedFile file) {
        try {
            ProviderClient.Response response = graph.postMedia(channel, token, new MetaUpload(file));
            JsonNode body = Payload.read(response.body());
            if (response.status() != 200) {
                return failed(MetaError.resultOf(response.status(), body, RetryAfter.of(response), token));
            }
            String id = textAt(body, "id");
            return id == null ? again("Meta took the file without giving it an id") : new Upload.Done(id);
        } catch (IOException e) {
            return again("the file was not uploaded: " + e.getMessage());
        }
    }

    /** Where nobody knows what became of an upload, it is made again. */
    private static Upload failed(SendResult result) {
        return result instanceof SendResult.Unclear(String reason) ? again(reason) : new Upload.Failed(result);
    }

    private static Upload again(String reason) {
        return new Upload.Failed(new SendResult.Throttled("upload", reason, Optional.empty()));
    }

    /** Puts what was uploaded into a message. */
    static void describe(Map<String, Object> body, AttachedFile file, String mediaId, String caption) {
        Map<String, Object> media = new LinkedHashMap<>();
        media.put("id", mediaId);
        if (!caption.isBlank()) {
            media.put("caption", caption);
        }
        if (!file.type().isPicture()) {
            media.put("filename", file.name());
        }
        String type = file.type().isPicture() ? "image" : "document";
        body.put("type", type);
        body.put(type, media);
    }
}
