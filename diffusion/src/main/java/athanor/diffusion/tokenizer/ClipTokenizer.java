package athanor.diffusion.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import athanor.diffusion.BaseModelException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * CLIP's byte-pair encoding (Radford et al. 2021, section 2.4) with the ids of transformers' {@code CLIPTokenizer}
 * (4.57.6, without {@code ftfy}) on any text. Safe for several threads.
 */
public final class ClipTokenizer implements AutoCloseable {

    static final String START = "<|startoftext|>";
    public static final String END = "<|endoftext|>";

    /** Characters; what has no space for longer is written in a script without spaces. */
    private static final int LONGEST_WORD = 40;

    private final HuggingFaceTokenizer bytePairs;
    private final AddedTokens addedTokens;
    private final ClipText text = new ClipText();
    private final Map<String, Long> wholeWords;
    private final long start;
    private final long end;
    private final long pad;
    private final int length;
    private final long knownIds;

    private ClipTokenizer(ClipVocabulary vocabulary, TokenizerSettings settings, int length, String origin) {
        this.addedTokens = AddedTokens.of(settings, vocabulary);
        this.start = addedTokens.id(settings.role("bos"));
        this.end = addedTokens.id(settings.role("eos"));
        this.pad = addedTokens.id(settings.role("pad"));
        long unknown = addedTokens.id(settings.role("unk"));
        this.wholeWords = Map.of(
                START,
                vocabulary.ids().getOrDefault(START, unknown),
                END,
                vocabulary.ids().getOrDefault(END, unknown));
        this.length = length;
        if (length < 2) {
            throw new BaseModelException("%s: found a length of %d tokens, wanted 2 or more".formatted(origin, length));
        }
        this.knownIds = addedTokens.largestId(vocabulary) + 1;
        this.bytePairs =
                load(vocabulary.with(settings.role("unk"), unknown).toTokenizerJson(settings.role("unk")), origin);
    }

    /**
     * Opens the tokenizer of a diffusers folder.
     *
     * @param folder holds {@code vocab.json} and {@code merges.txt}
     * @param positions how many tokens the text encoder can take; counts when the folder does not say
     */
    public static ClipTokenizer open(Path folder, int positions) {
        try {
            TokenizerSettings settings = TokenizerSettings.read(folder);
            Integer own = settings.maxLength();
            return new ClipTokenizer(
                    ClipVocabulary.read(folder), settings, own == null ? positions : own, folder.toString());
        } catch (ClassCastException | IllegalArgumentException e) {
            throw new BaseModelException(
                    "%s: found a tokenizer that makes no sense: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /**
     * CLIP's own vocabulary, for checkpoints that carry none.
     *
     * @param padToken {@code <|endoftext|>} for CLIP, {@code !} for OpenCLIP
     */
    public static ClipTokenizer builtIn(String padToken, int positions) {
        return new ClipTokenizer(
                ClipVocabulary.builtIn(),
                TokenizerSettings.standard(padToken, positions),
                positions,
                "the library's own vocabulary");
    }

    /** Start, the text's tokens (as many as fit), end, then padding up to {@link #length()}. */
    public long[] ids(String prompt) {
        return frame(tokens(prompt));
    }

    /** The text's tokens alone, however many. */
    public long[] tokens(String prompt) {
        LongStream.Builder ids = LongStream.builder();
        for (AddedTokens.Piece piece : addedTokens.split(prompt)) {
            if (piece.id() != null) {
                ids.add(piece.id());
            } else {
                encode(text.words(piece.text()), ids);
            }
        }
        return ids.build().toArray();
    }

    /** Puts start and end around tokens, cuts what is too long and pads what is too short. */
    public long[] frame(long... tokens) {
        long[] ids = new long[length];
        int kept = Math.min(tokens.length, length - 2);
        ids[0] = start;
        System.arraycopy(tokens, 0, ids, 1, kept);
        ids[kept + 1] = end;
        Arrays.fill(ids, kept + 2, length, pad);
        return ids;
    }

    /** How many tokens a text has, without start and end; more than {@code length() - 2} are cut. */
    public int tokenCount(String prompt) {
        return tokens(prompt).length;
    }

    /** The words of a text behind those that fit, the one that does not fit whole among them; empty when all of it is read. */
    public String unread(String text) {
        int room = length - 2;
        if (tokenCount(text) <= room) {
            return "";
        }
        int fits = 0;
        int tooMuch = text.length();
        while (tooMuch - fits > 1) {
            int middle = (fits + tooMuch) >>> 1;
            if (tokenCount(text.substring(0, middle)) <= room) {
                fits = middle;
            } else {
                tooMuch = middle;
            }
        }
        int wordStart = text.lastIndexOf(' ', fits);
        if (wordStart >= 0 && fits - wordStart <= LONGEST_WORD) {
            fits = wordStart;
        } else if (Character.isLowSurrogate(text.charAt(fits))) {
            fits--;
        }
        return text.substring(fits).strip();
    }

    /** Tokens that the text encoder takes at once, start and end included. */
    public int length() {
        return length;
    }

    /** One more than the largest id; the text encoder must know as many tokens. */
    public long knownIds() {
        return knownIds;
    }

    public long startId() {
        return start;
    }

    public long endId() {
        return end;
    }

    public long padId() {
        return pad;
    }

    private void encode(List<String> words, LongStream.Builder ids) {
        int first = 0;
        for (int i = 0; i <= words.size(); i++) {
            Long whole = i < words.size() ? wholeWords.get(words.get(i)) : null;
            if (whole != null || i == words.size()) {
                if (first < i) {
                    Encoding encoding = bytePairs.encode(words.subList(first, i), false, false);
                    Arrays.stream(encoding.getIds()).forEach(ids::add);
                }
                if (whole != null) {
                    ids.add(whole);
                }
                first = i + 1;
            }
        }
    }

    private static HuggingFaceTokenizer load(String json, String origin) {
        // the library would look for a CUDA build of itself on the network where it sees a card
        if (System.getenv("RUST_FLAVOR") == null && System.getProperty("RUST_FLAVOR") == null) {
            System.setProperty("RUST_FLAVOR", "cpu");
        }
        try {
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                    Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
        } catch (IOException | RuntimeException e) {
            throw new BaseModelException(
                    "%s: found a vocabulary that cannot be used: %s".formatted(origin, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        bytePairs.close();
    }
}
