package athanor.diffusion.lora;

import athanor.diffusion.lora.LoraNaming.OtherKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a LoRA's file holds and this library does not use. */
final class LeftOut {

    /** So many names tell whose file it is. */
    private static final int NAMES_SHOWN = 3;

    private final Set<String> embeddings = new LinkedHashSet<>();
    private final Map<String, OtherKind> layers = new LinkedHashMap<>(); // by key
    private final List<String> unknown = new ArrayList<>();
    private String firstOfAnotherKind = "";

    void embedding(String name) {
        embeddings.add(name);
    }

    void layer(OtherKind layer, String tensor) {
        firstOfAnotherKind = layers.isEmpty() ? tensor : firstOfAnotherKind;
        layers.putIfAbsent(layer.key(), layer);
    }

    void unknown(String tensor) {
        unknown.add(tensor);
    }

    /** Keys of the layers that are no plain LoRA. */
    Set<String> layers() {
        return layers.keySet();
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (!embeddings.isEmpty()) {
            sentences.add("embeddings in the LoRA's file are left out: %s".formatted(some(embeddings)));
        }
        Map<String, List<String>> byKind = new LinkedHashMap<>();
        layers.values()
                .forEach(layer -> byKind.computeIfAbsent(layer.kind(), kind -> new ArrayList<>())
                        .add(layer.key()));
        byKind.forEach((kind, keys) ->
                sentences.add("of the LoRA's file these layers are %s and left out: %s".formatted(kind, some(keys))));
        if (!unknown.isEmpty()) {
            sentences.add(
                    "tensors of the LoRA's file whose names no LoRA has are left out: %s".formatted(some(unknown)));
        }
        return List.copyOf(sentences);
    }

    /** Why nothing of a file can be used. */
    String refusal(Collection<String> names) {
        if (names.isEmpty()) {
            return "found no tensors, wanted a LoRA";
        }
        String begins = "; it begins with " + some(names);
        if (!layers.isEmpty()) {
            OtherKind first = layers.values().iterator().next();
            return "tensor \"%s\": found %s, wanted a plain LoRA; other kinds are not supported%s"
                    .formatted(firstOfAnotherKind, first.kind(), begins);
        }
        Optional<String> known = names.stream()
                .map(LoraNaming::otherFile)
                .filter(Objects::nonNull)
                .findFirst();
        if (known.isPresent()) {
            return "found %s and no LoRA, wanted a LoRA of a Stable Diffusion%s".formatted(known.get(), begins);
        }
        return unknown.isEmpty()
                ? "found embeddings alone and no LoRA, wanted a LoRA of a Stable Diffusion" + begins
                : "tensor \"%s\": found a name that no LoRA has, wanted a LoRA of a Stable Diffusion%s"
                        .formatted(unknown.get(0), begins);
    }

    static String some(Collection<String> names) {
        String first = String.join(", ", names.stream().limit(NAMES_SHOWN).toList());
        int more = names.size() - NAMES_SHOWN;
        return more > 0 ? "%s and %d more".formatted(first, more) : first;
    }
}
