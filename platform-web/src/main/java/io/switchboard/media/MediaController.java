package io.switchboard.media;

import io.switchboard.conversations.FileLinks;
import io.switchboard.limits.Limits;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Gives a file to whoever has a link to it, as something to save; 404 for everything else, whatever is wrong with it. */
@RestController
class MediaController {

    private final FileLinks links;
    private final Limits limits;

    MediaController(FileLinks links, Limits limits) {
        this.links = links;
        this.limits = limits;
    }

    /** @param path what follows in the address, so that nobody else answers there: a token after a slash, if it is one of ours */
    @GetMapping("/media/{*path}")
    ResponseEntity<byte[]> file(@PathVariable String path, HttpServletRequest request) {
        return links.open(path.replaceFirst("^/", "")).map(FileResponse::of).orElseGet(() -> nothing(request));
    }

    private ResponseEntity<byte[]> nothing(HttpServletRequest request) {
        Optional<Duration> wait = limits.badLink(request);
        return wait.<ResponseEntity<byte[]>>map(duration -> ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                        .header(HttpHeaders.RETRY_AFTER, Limits.retryAfter(duration))
                        .build())
                .orElseGet(() -> ResponseEntity.notFound().build());
    }
}
