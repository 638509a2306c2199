package athanor.diffusion.tokenizer;

import athanor.diffusion.BaseModelException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that are looked for in the raw text before anything else happens to it: start, end, padding, and what a user
 * added. (So a vocabulary that pads with "!" reads every "!" as padding, as the reference does.)
 */
final class AddedTokens {

    /** A stretch of text, or one added token with its id. */
    record Piece(String text, @Nullable Long id) {}

    private final Map<String, Long> ids = new LinkedHashMap<>();
    private final Map<String, TokenizerSettings.Added> flags;
    private final List<String> longestFirst;

    private AddedTokens(Map<String, TokenizerSettings.Added> flags) {
        this.flags = flags;
        this.longestFirst = flags.keySet().stream()
                .filter(text -> !text.isEmpty())
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    static AddedTokens of(TokenizerSettings settings, ClipVocabulary vocabulary) {
        AddedTokens tokens = new AddedTokens(settings.added());
        long next = Math.max(
                vocabulary.ids().size(),
                settings.added().values().stream()
                                .map(TokenizerSettings.Added::id)
                                .mapToLong(id -> id == null ? -1 : id)
                                .max()
                                .orElse(-1)
                        + 1);
        for (Map.Entry<String, TokenizerSettings.Added> entry : settings.added().entrySet()) {
            Long id = entry.getValue().id();
            if (id == null) {
                id = vocabulary.ids().get(entry.getKey());
            }
            tokens.ids.put(entry.getKey(), id == null ? next++ : id);
        }
        return tokens;
    }

    long id(String token) {
        Long id = ids.get(token);
        if (id == null) {
            throw new BaseModelException("the tokenizer has no token " + token);
        }
        return id;
    }

    long largestId(ClipVocabulary vocabulary) {
        return Stream.concat(vocabulary.ids().values().stream(), ids.values().stream())
                .mapToLong(Long::longValue)
                .max()
                .orElse(-1);
    }

    List<Piece> split(String text) {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < text.length(); ) {
            String token = tokenAt(text, at);
            if (token == null) {
                at++;
                continue;
            }
            TokenizerSettings.Added flag = flags.getOrDefault(token, TokenizerSettings.Added.PLAIN);
            String before = text.substring(from, at);
            pieces.add(new Piece(flag.eatsSpaceLeft() ? before.stripTrailing() : before, null));
            pieces.add(new Piece(token, ids.get(token)));
            at += token.length();
            while (flag.eatsSpaceRight() && at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            from = at;
        }
        pieces.add(new Piece(text.substring(from), null));
        return pieces;
    }

    private @Nullable String tokenAt(String text, int at) {
        for (String token : longestFirst) {
            if (text.startsWith(token, at)) {
                return token;
            }
        }
        return null;
    }
}
