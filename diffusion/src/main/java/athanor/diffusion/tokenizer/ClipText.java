package athanor.diffusion.tokenizer;

import athanor.diffusion.tokenizer.ClipCharacters.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text to words, as transformers' {@code CLIPTokenizer} does it when {@code ftfy} is not installed: control characters
 * dropped, Chinese characters set apart, NFC, lower case, then split by CLIP's pattern
 * {@code 's|'t|'re|'ve|'m|'ll|'d|letters|one digit|other}.
 */
final class ClipText {

    private static final List<String> WHOLE = List.of("<|startoftext|>", "<|endoftext|>");
    private static final List<String> CONTRACTIONS = List.of("'s", "'t", "'re", "'ve", "'m", "'ll", "'d");

    /** The small long s, which the pattern's blindness for case takes for an s. */
    private static final char LONG_S = 'ſ';

    private final ClipCharacters table = ClipCharacters.TABLE;

    List<String> words(String text) {
        List<String> words = new ArrayList<>();
        String composed = ClipNormalForm.compose(clean(text));
        for (String token : composed.split(" ", 0)) {
            split(table.lowerCase(token), words);
        }
        return words;
    }

    private String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            Kind kind = table.kind(c);
            if (kind == Kind.DROPPED) {
                return;
            }
            if (kind == Kind.SPACE) {
                clean.append(' ');
            } else if (isChinese(c)) {
                clean.append(' ').appendCodePoint(c).append(' ');
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    private void split(String token, List<String> into) {
        int at = 0;
        while (at < token.length()) {
            String fixed = fixedWordAt(token, at);
            int end = fixed != null ? at + fixed.length() : endOfRun(token, at);
            if (table.kind(token.codePointAt(at)) != Kind.GAP) {
                into.add(token.substring(at, end));
            }
            at = end;
        }
    }

    private static @Nullable String fixedWordAt(String token, int at) {
        if (token.charAt(at) == '\'') {
            return matchAt(CONTRACTIONS, token, at);
        }
        return token.charAt(at) == '<' ? matchAt(WHOLE, token, at) : null;
    }

    private static @Nullable String matchAt(List<String> wanted, String token, int at) {
        for (String word : wanted) {
            if (token.length() >= at + word.length()
                    && token.substring(at, at + word.length())
                            .replace(LONG_S, 's')
                            .equals(word)) {
                return token.substring(at, at + word.length());
            }
        }
        return null;
    }

    /** One digit, or as many letters or as many others as stand together. */
    private int endOfRun(String token, int at) {
        Kind kind = table.kind(token.codePointAt(at));
        int end = at;
        do {
            end += Character.charCount(token.codePointAt(end));
        } while (kind != Kind.NUMBER && end < token.length() && table.kind(token.codePointAt(end)) == kind);
        return end;
    }

    /** The ideographs of the reference's list; Japanese and Korean scripts are no part of it. */
    private static boolean isChinese(int c) {
        return c >= 0x4e00 && c <= 0x9fff
                || c >= 0x3400 && c <= 0x4dbf
                || c >= 0x20000 && c <= 0x2a6df
                || c >= 0x2a700 && c <= 0x2b73f
                || c >= 0x2b740 && c <= 0x2b81f
                || c >= 0x2b820 && c <= 0x2ceaf
                || c >= 0xf900 && c <= 0xfaff
                || c >= 0x2f800 && c <= 0x2fa1f;
    }
}
