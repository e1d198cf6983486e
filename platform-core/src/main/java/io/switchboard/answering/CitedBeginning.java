package io.switchboard.answering;

import io.switchboard.retrieval.Passage;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets somebody watch a model write, up to the last statement that names a passage. What names none may turn out to rest on nothing, and
 * is held back until the answer is whole; it then passes {@link ModelAnswerer} like every answer, and may be another one.
 */
final class CitedBeginning implements Consumer<String> {

    private final int passages;
    private final SourcedAddresses addresses;
    private final Consumer<String> watcher;
    private String shown = "";

    CitedBeginning(int passages, SourcedAddresses addresses, Consumer<String> watcher) {
        this.passages = passages;
        this.addresses = addresses;
        this.watcher = watcher;
    }

    /** @param watcher is given the beginning each time that it has changed */
    static CitedBeginning of(Question question, List<Passage> passages, Consumer<String> watcher) {
        return new CitedBeginning(passages.size(), SourcedAddresses.of(question, passages), watcher);
    }

    @Override
    public void accept(String written) {
        if (written.contains(AnswerPrompt.NOT_FOUND)) {
            return;
        }
        String cited = CitedText.upToLastMark(written, passages);
        String text = addresses.only(CitedText.of(cited, passages).text());
        if (text.isBlank() || text.equals(shown) || AnswerPrompt.isRepeatedIn(text)) {
            return;
        }
        shown = text;
        watcher.accept(text);
    }
}
