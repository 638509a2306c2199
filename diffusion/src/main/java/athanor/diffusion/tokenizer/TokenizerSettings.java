package athanor.diffusion.tokenizer;

import athanor.diffusion.BaseModelException;
import athanor.diffusion.json.Json;
import athanor.diffusion.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tokenizer_config.json}, {@code special_tokens_map.json} and {@code added_tokens.json} say beside the
 * vocabulary.
 *
 * @param roles the tokens with a role ({@code bos}, {@code eos}, {@code unk}, {@code pad}) by their text
 * @param added every token that is found in a text before the text is split into words
 * @param maxLength null when the file does not say
 */
record TokenizerSettings(
        Map<String, String> roles,
        Map<String, Added> added,
        @Nullable Integer maxLength) {

    /** @param id null where it follows from the vocabulary */
    record Added(@Nullable Long id, boolean eatsSpaceLeft, boolean eatsSpaceRight) {
        static final Added PLAIN = new Added(null, false, false);
    }

    private static final List<String> ROLES = List.of("bos", "eos", "unk", "pad");
    private static final long LONGEST = 1 << 20;

    /** The token with a role: {@code bos}, {@code eos}, {@code unk} or {@code pad}. */
    String role(String role) {
        return roles.getOrDefault(role, ClipTokenizer.END);
    }

    /** CLIP's own settings. */
    static TokenizerSettings standard(String padToken, int maxLength) {
        return from(
                Path.of("CLIP"),
                Map.of("pad_token", padToken, "model_max_length", (long) maxLength),
                Map.of(),
                Map.of());
    }

    static TokenizerSettings read(Path folder) {
        return from(
                folder,
                object(folder.resolve("tokenizer_config.json")),
                object(folder.resolve("special_tokens_map.json")),
                object(folder.resolve("added_tokens.json")));
    }

    private static TokenizerSettings from(
            Path folder, Map<String, @Nullable Object> config, Map<String, ?> specials, Map<String, ?> addedIds) {
        Map<String, Added> added = new LinkedHashMap<>();
        Path idFile = folder.resolve("added_tokens.json");
        addedIds.forEach(
                (text, id) -> added.put(text, new Added(ClipVocabulary.tokenId(idFile, text, id), false, false)));
        Path configFile = folder.resolve("tokenizer_config.json");
        boolean complete = config.get("added_tokens_decoder") instanceof Map<?, ?>;
        if (config.get("added_tokens_decoder") instanceof Map<?, ?> decoder) {
            decoder.forEach((id, token) -> {
                if (token instanceof Map<?, ?> map && map.get("content") instanceof String text) {
                    added.put(text, flags(ClipVocabulary.tokenId(configFile, text, number(id)), map));
                }
            });
        }
        Map<String, String> roles = new LinkedHashMap<>();
        for (String role : ROLES) {
            String key = role + "_token";
            // files from before added_tokens_decoder keep the last word in special_tokens_map.json
            Object token = !complete && specials.get(key) != null ? specials.get(key) : config.get(key);
            if (token instanceof Map<?, ?> map && map.get("content") instanceof String text) {
                roles.put(role, text);
                added.putIfAbsent(text, flags(null, map));
            } else {
                String text = token instanceof String given
                        ? given
                        : role.equals("bos") ? ClipTokenizer.START : ClipTokenizer.END;
                roles.put(role, text);
                added.putIfAbsent(text, Added.PLAIN);
            }
        }
        Integer maxLength = config.get("model_max_length") instanceof Number number && number.doubleValue() < LONGEST
                ? number.intValue()
                : null;
        return new TokenizerSettings(roles, added, maxLength);
    }

    /** The ids of {@code added_tokens_decoder} are keys, so they are texts; null where one is no number. */
    private static @Nullable Long number(Object key) {
        try {
            return Long.valueOf(String.valueOf(key));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Added flags(@Nullable Long id, Map<?, ?> token) {
        return new Added(id, Boolean.TRUE.equals(token.get("lstrip")), Boolean.TRUE.equals(token.get("rstrip")));
    }

    private static Map<String, @Nullable Object> object(Path file) {
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        try {
            return Json.parseObject(Files.readAllBytes(file));
        } catch (JsonException | IOException e) {
            throw new BaseModelException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
