package athanor.diffusion.tokenizer;

import athanor.diffusion.BaseModelException;
import athanor.diffusion.json.Json;
import athanor.diffusion.json.JsonException;
import athanor.diffusion.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Tokens by name and the merges that build them, in the two files of CLIP: {@code vocab.json} and {@code merges.txt}.
 *
 * @param merges pairs of tokens, the most frequent first, separated by a space
 */
record ClipVocabulary(Map<String, Long> ids, List<String> merges) {

    /** The reference reads no further, whatever the file holds. */
    private static final int MOST_MERGES = 49152 - 256 - 2;

    static ClipVocabulary read(Path folder) {
        Path vocabulary = folder.resolve("vocab.json");
        Path mergeFile = folder.resolve("merges.txt");
        for (Path file : List.of(vocabulary, mergeFile)) {
            if (!Files.isRegularFile(file)) { // a pipe would be waited for without end
                throw new BaseModelException("%s: found %s, wanted a tokenizer's vocab.json and merges.txt"
                        .formatted(file, Files.exists(file) ? "no regular file" : "no such file"));
            }
        }
        try {
            Map<String, Long> ids = new LinkedHashMap<>();
            for (Map.Entry<String, @Nullable Object> entry :
                    Json.parseObject(Files.readAllBytes(vocabulary)).entrySet()) {
                ids.put(entry.getKey(), tokenId(vocabulary, entry.getKey(), entry.getValue()));
            }
            // the first line is the version and no merge
            List<String> merges = Files.readString(mergeFile)
                    .strip()
                    .lines()
                    .skip(1)
                    .limit(MOST_MERGES)
                    .toList();
            return new ClipVocabulary(ids, merges);
        } catch (JsonException e) {
            throw new BaseModelException("%s: %s".formatted(vocabulary, e.getMessage()), e);
        } catch (IOException e) {
            throw new BaseModelException(
                    "%s: a tokenizer needs readable files vocab.json and merges.txt; found %s".formatted(folder, e), e);
        }
    }

    /**
     * A token's number, which the library behind counts in 32 bits.
     *
     * @param file named in errors
     */
    static long tokenId(Path file, String token, @Nullable Object id) {
        if (id instanceof Long number && number >= 0 && number < Integer.MAX_VALUE) {
            return number;
        }
        throw new BaseModelException("%s: found %s as the id of the token \"%s\", wanted a whole number from 0 up"
                .formatted(file, id instanceof Number ? id : "no number", token));
    }

    /** CLIP's own 49,408 tokens: 256 bytes, 256 bytes that end a word, the merges, start and end. */
    static ClipVocabulary builtIn() {
        List<String> merges;
        try (InputStream packed = new GZIPInputStream(resource("merges.txt.gz"))) {
            merges = new String(packed.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Long> ids = new LinkedHashMap<>();
        List<String> bytes = byteCharacters();
        bytes.forEach(character -> ids.put(character, (long) ids.size()));
        bytes.forEach(character -> ids.put(character + "</w>", (long) ids.size()));
        merges.forEach(pair -> ids.put(pair.replace(" ", ""), (long) ids.size()));
        ids.put(ClipTokenizer.START, (long) ids.size());
        ids.put(ClipTokenizer.END, (long) ids.size());
        return new ClipVocabulary(ids, merges);
    }

    /** Knows that token too. */
    ClipVocabulary with(String token, long id) {
        if (ids.containsKey(token)) {
            return this;
        }
        Map<String, Long> more = new LinkedHashMap<>(ids);
        more.put(token, id);
        return new ClipVocabulary(more, merges);
    }

    /** As the one file that Hugging Face's tokenizers read. Words come to it already split. */
    String toTokenizerJson(String unknownToken) {
        String vocabulary = ids.entrySet().stream()
                .map(entry -> JsonText.quote(entry.getKey()) + ":" + entry.getValue())
                .collect(Collectors.joining(","));
        String pairs = merges.stream().map(JsonText::quote).collect(Collectors.joining(","));
        return """
                {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":null,
                 "pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":false},
                 "post_processor":null,"decoder":null,
                 "model":{"type":"BPE","dropout":null,"unk_token":%s,"continuing_subword_prefix":"",
                  "end_of_word_suffix":"</w>","fuse_unk":false,"vocab":{%s},"merges":[%s]}}
                """.formatted(JsonText.quote(unknownToken), vocabulary, pairs);
    }

    static InputStream resource(String name) throws IOException {
        InputStream resource = ClipVocabulary.class.getResourceAsStream("clip/" + name);
        if (resource == null) {
            throw new IOException("the library's own resource clip/" + name + " is missing");
        }
        return resource;
    }

    /** A printable character for each byte, as GPT-2 chose them: the printable ones themselves, others from U+0100. */
    private static List<String> byteCharacters() {
        List<String> characters = new ArrayList<>();
        int next = 0x100;
        List<String> standIns = new ArrayList<>();
        for (int code = 0; code < 256; code++) {
            boolean printable = code >= '!' && code <= '~' || code >= 0xa1 && code <= 0xac || code >= 0xae;
            if (printable) {
                characters.add(Character.toString(code));
            } else {
                standIns.add(Character.toString(next++));
            }
        }
        characters.addAll(standIns);
        return characters;
    }
}
