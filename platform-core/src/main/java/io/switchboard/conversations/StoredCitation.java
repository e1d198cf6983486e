package io.switchboard.conversations;

import io.switchboard.answering.Answer;
import java.util.List;
import java.util.UUID;

/** A citation as the reply row keeps it, in JSON. */
record StoredCitation(UUID document, String name, UUID chunk, String passage) {

    static List<StoredCitation> of(Answer answer) {
        return answer.citations().stream()
                .map(citation -> new StoredCitation(
                        citation.document().value(),
                        citation.documentName(),
                        citation.chunk().value(),
                        citation.passage()))
                .toList();
    }
}
