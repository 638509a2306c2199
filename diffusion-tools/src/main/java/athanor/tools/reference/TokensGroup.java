package athanor.tools.reference;

import athanor.diffusion.json.Json;
import athanor.diffusion.json.JsonException;
import athanor.diffusion.tokenizer.ClipTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Metadata {@code prompts} to {@code tokens.input_ids} (n, L), and to {@code tokens_2.input_ids} where they differ. */
record TokensGroup(List<String> prompts) implements Group {

    static @Nullable TokensGroup read(InputTensors inputs) throws ReferenceException {
        return inputs.hasText("prompts") ? new TokensGroup(strings(inputs, "prompts")) : null;
    }

    /** A JSON array of strings in the metadata. */
    static List<String> strings(InputTensors inputs, String key) throws ReferenceException {
        String json = inputs.text(key);
        List<String> strings = new ArrayList<>();
        try {
            if (Json.parse(json) instanceof List<?> list && !list.isEmpty()) {
                for (Object element : list) {
                    if (!(element instanceof String text)) {
                        throw inputs.wrongText(key, "an array with " + element, "a JSON array of strings");
                    }
                    strings.add(text);
                }
                return strings;
            }
        } catch (JsonException notJson) {
            throw inputs.wrongText(key, "no JSON (" + notJson.getMessage() + ")", "a JSON array of strings");
        }
        throw inputs.wrongText(key, json, "a JSON array of one string or more");
    }

    @Override
    public void compute(LoadedBase base, OutputTensors outputs) {
        long[][] first = ids(base.base().tokenizer(0));
        outputs.addIds("tokens.input_ids", first);
        if (base.isSdxl() && differ(base.base().tokenizer(0), base.base().tokenizer(1))) {
            outputs.addIds("tokens_2.input_ids", ids(base.base().tokenizer(1)));
        }
    }

    /** Whether the second tokenizer is another one; the published SDXL's pads with another token. */
    private boolean differ(ClipTokenizer first, ClipTokenizer second) {
        return first.padId() != second.padId()
                || first.startId() != second.startId()
                || first.endId() != second.endId()
                || first.length() != second.length()
                || !Arrays.deepEquals(ids(first), ids(second));
    }

    private long[][] ids(ClipTokenizer tokenizer) {
        return prompts.stream().map(tokenizer::ids).toArray(long[][]::new);
    }
}
