package io.switchboard.sites;

import io.switchboard.kernel.DocumentId;
import io.switchboard.outbound.Validators;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An address that a run has to look at.
 *
 * @param sitemap whether it names pages rather than being one
 * @param depth links between the first page and this one
 * @param document made of it by an earlier run; null if there is none
 * @param attempts to look at it that this run has made in vain
 * @param validators what the site told of it last; none if its document is gone
 * @param fingerprint of what it said last; null if its document is gone
 * @param links that it had last, in their canonical form
 */
public record SitePage(
        UUID id,
        String url,
        boolean sitemap,
        int depth,
        @Nullable DocumentId document,
        int attempts,
        Validators validators,
        @Nullable String fingerprint,
        List<String> links) {

    public SitePage {
        links = List.copyOf(links);
    }

    /**
     * An address that a sitemap or page names.
     *
     * @param url in its canonical form
     */
    public record Found(String url, boolean sitemap, int depth) {}

    /** What came of looking at it. */
    public sealed interface Look {

        /** It is new, or says something else than before. */
        record Changed(DocumentId document, Validators validators, String fingerprint, List<String> links)
                implements Look {}

        /** @param validators as the site tells them now */
        record Same(Validators validators, List<String> links) implements Look {}

        /** It is not to be read: it forbids it, is elsewhere now, or is no text. If it has a document, that is on its way out. */
        record Skipped() implements Look {}

        /** The site has it no more. */
        record Gone() implements Look {}

        /** It could not be fetched now; what it said before stays. */
        record Failed() implements Look {}
    }
}
