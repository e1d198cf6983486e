package io.switchboard.answering;

import io.switchboard.answering.Question.Speaker;
import io.switchboard.answering.Question.Utterance;
import io.switchboard.retrieval.Passage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that an answer may name: those that stand in the organisation's own texts, letter for letter or shortened. A model that
 * obeyed a hostile text could send what it read to an address of its making; so every other address is taken out, as a link, as an image
 * and as mere words, and no image stays an image.
 */
final class SourcedAddresses {

    private static final String HOST_END = "(?![\\p{L}\\p{N}_-])";

    /** What programs that show messages make a link of. */
    private static final Pattern ADDRESS = Pattern.compile("""
            (?ix)
              [a-z][a-z0-9+.-]{0,30}://[^\\s<>"'`|\\\\^{}\\[\\]]+
            | (?<![\\p{L}\\p{N}])(?:(?:java|vb)script:|data:[a-z]+/|file:/|blob:)[^\\s<>"'`)\\]]+
            | (?:mailto:)?[a-z0-9._%%+-]{1,64}@[a-z0-9-]+(?:\\.[a-z0-9-]+)+(?:\\?[^\\s<>"'`)\\]]+)?
            | (?<![\\p{L}\\p{N}@._-])(?:
                  www\\.[^\\s<>"'`|\\\\^{}\\[\\]]+
                | (?:\\d{1,3}\\.){3}\\d{1,3}(?::\\d+)?(?:[/?\\#][^\\s<>"'`]*)?
                | (?:[a-z0-9-]{1,63}\\.)+[a-z]{2,24}(?::\\d+)?[/?\\#][^\\s<>"'`]*
                | (?-i:(?:[A-Za-z0-9-]{1,63}\\.)+[a-z]{2,24})%1$s
                | (?-i:(?:[A-Z0-9-]{1,63}\\.)*(?=[A-Z0-9-]*[A-Z])(?:[A-Z0-9-]{1,63}\\.)+[A-Z]{2,24})%1$s   # but no 1.OG
              )
            """.formatted(HOST_END));

    /** {@code [words](address "title")} and {@code ![words](address)}; innermost first, as one may stand in another. */
    private static final Pattern INLINE =
            Pattern.compile("!?\\[([^\\[\\]]*)]\\(\\s*<?([^()<>]*(?:\\([^()<>]*\\)[^()<>]*)*)>?[^()]*\\)");

    /** {@code [name]: address "title"}, on a line of its own. */
    private static final Pattern DEFINITION =
            Pattern.compile("(?m)^[ \\t>]*\\[([^\\[\\]\\n]+)]:[ \\t]*<?(\\S+?)>?(?:[ \\t].*)?$");

    /** {@code ![words][name]} and {@code [words][name]}. */
    private static final Pattern REFERENCE = Pattern.compile("!?\\[([^\\[\\]]*)]\\[[^\\[\\]]*]");

    private static final Pattern IMAGE = Pattern.compile("!(?=\\[)");

    /** An element of HTML, but no {@code <https://…>}. */
    private static final Pattern ELEMENT = Pattern.compile("(?is)</?[a-z][a-z0-9-]*(?=[\\s/>])[^<>]*>|<!--.*?-->");

    private static final Pattern TRAILING = Pattern.compile("[.,;:!?*_~)'/]+$");
    private static final Pattern BEFORE_HOST = Pattern.compile("(?i)^(?:https?://|mailto:)?(?:www\\.)?");
    private static final Pattern EMPTY_BRACKETS = Pattern.compile("\\(\\s*\\)|<\\s*>|\\[\\s*]");

    private final List<String> texts;
    private @Nullable Set<String> known;

    /** @param texts of the organisation: passages, names of documents, what it wants its bot to say */
    SourcedAddresses(Collection<String> texts) {
        this.texts = List.copyOf(texts);
    }

    /** Looked for when an answer names its first address; most name none. */
    private Set<String> known() {
        if (known == null) {
            known = texts.stream()
                    .flatMap(text -> ADDRESS.matcher(text).results())
                    .map(found -> plain(found.group()))
                    .collect(Collectors.toUnmodifiableSet());
        }
        return known;
    }

    /** Those of the passages, of the bot's instructions and of what the bot said before. */
    static SourcedAddresses of(Question question, List<Passage> passages) {
        List<String> texts = new ArrayList<>();
        texts.add(question.bot().definition().instructions());
        question.history().stream()
                .filter(said -> said.speaker() == Speaker.BOT)
                .map(Utterance::text)
                .forEach(texts::add);
        for (Passage passage : passages) {
            texts.add(passage.documentName());
            texts.add(passage.textWithHeadings());
        }
        return new SourcedAddresses(texts);
    }

    /** Takes out of a model's text what leads to any other address; the words of a link stay. */
    String only(String text) {
        String cleaned = ELEMENT.matcher(text).replaceAll("");
        cleaned = DEFINITION
                .matcher(cleaned)
                .replaceAll(found -> quote(isKnown(found.group(2)) ? found.group(1) + ": " + found.group(2) : ""));
        cleaned = REFERENCE.matcher(cleaned).replaceAll(found -> quote(found.group(1)));
        cleaned = untilSettled(cleaned, this::withoutInline);
        cleaned = IMAGE.matcher(cleaned).replaceAll("");
        cleaned = ADDRESS.matcher(cleaned).replaceAll(found -> quote(keptOf(found)));
        return cleaned.equals(text) ? text : tidied(cleaned);
    }

    private String withoutInline(String text) {
        return INLINE.matcher(text).replaceAll(found -> {
            String words = found.group(1).strip();
            String address = found.group(2).strip();
            if (!isKnown(address)) {
                return quote(words);
            }
            return quote(words.isEmpty() || words.equals(address) ? address : words + " (" + address + ")");
        });
    }

    /** Punctuation behind an address is the sentence's. */
    private String keptOf(MatchResult found) {
        String address = found.group();
        if (isKnown(address)) {
            return address;
        }
        Matcher end = TRAILING.matcher(address);
        return end.find() ? end.group().replace("/", "") : "";
    }

    /** An address of the sources may be shortened at the end of a part, which adds nothing to it. */
    private boolean isKnown(String address) {
        String plain = plain(address);
        return !plain.isEmpty() && known().stream().anyMatch(one -> one.equals(plain) || isBeginning(plain, one));
    }

    private static boolean isBeginning(String address, String whole) {
        return !address.contains("@")
                && whole.startsWith(address)
                && whole.length() > address.length()
                && "/?#:".indexOf(whole.charAt(address.length())) >= 0;
    }

    /** Without what says nothing about where it leads; letters of hosts have no case, and those of paths hardly ever. */
    private static String plain(String address) {
        String bare = TRAILING.matcher(address.strip()).replaceFirst("");
        return BEFORE_HOST.matcher(bare).replaceFirst("").toLowerCase(Locale.ROOT);
    }

    private static String untilSettled(String text, Function<String, String> step) {
        String before;
        String after = text;
        do {
            before = after;
            after = step.apply(before);
        } while (!after.equals(before));
        return after;
    }

    private static String tidied(String text) {
        return EMPTY_BRACKETS
                .matcher(text)
                .replaceAll("")
                .replaceAll("[ \\t]+(?=[.,;:!?\\n]|$)", "")
                .replaceAll("(?<=\\S)[ \\t]{2,}", " ")
                .replaceAll("\\n{3,}", "\n\n")
                .strip();
    }

    private static String quote(String replacement) {
        return Matcher.quoteReplacement(replacement);
    }
}
