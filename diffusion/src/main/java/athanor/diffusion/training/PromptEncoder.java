package athanor.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.runtime.TextEmbedding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Captions as token ids, and as embeddings that are computed once where the text encoders are frozen. */
final class PromptEncoder {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Encoded(float[] hidden, Shape hiddenShape, float @Nullable [] pooled) {}

    /** 60 MB of SD 1.5's embeddings. Where parts of captions are left out at random, nearly every step brings new ones. */
    private static final int MOST_KNOWN = 256;

    private final BaseModel base;
    private final LoraProgram program;
    private boolean allAreKnown;

    /** Those that were asked for last, or all. */
    @SuppressWarnings("serial") // never written
    private final Map<String, Encoded> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Encoded> eldest) {
            return size() > MOST_KNOWN && !allAreKnown;
        }
    };

    PromptEncoder(BaseModel base, LoraProgram program) {
        this.base = base;
        this.program = program;
    }

    /** By encoder, each (B, L). */
    List<NDArray> ids(NDManager scope, List<String> captions) {
        List<NDArray> ids = new ArrayList<>();
        for (int encoder = 0; encoder < base.textEncoderConfigs().size(); encoder++) {
            int length = base.promptTokenizer(encoder).length();
            long[] flat = new long[captions.size() * length];
            for (int i = 0; i < captions.size(); i++) {
                System.arraycopy(base.promptTokenizer(encoder).ids(captions.get(i)), 0, flat, i * length, length);
            }
            ids.add(scope.create(flat, new Shape(captions.size(), length)));
        }
        return ids;
    }

    /** Encodes all that will ever be asked for, so that the text encoders need not stay in memory. */
    void encodeOnceForAll(Set<String> captions) {
        allAreKnown = true;
        captions.forEach(this::encoded);
        program.forgetTextEncoders();
    }

    TextEmbedding embeddings(NDManager scope, List<String> captions) {
        List<Encoded> encoded = captions.stream().map(this::encoded).toList();
        Shape one = encoded.get(0).hiddenShape();
        NDArray hidden = stack(scope, encoded.stream().map(Encoded::hidden).toList(), one);
        float[] pooled = encoded.get(0).pooled();
        if (pooled == null) {
            return new TextEmbedding(hidden, null);
        }
        List<float[]> rows = new ArrayList<>();
        for (Encoded each : encoded) {
            if (each.pooled() != null) {
                rows.add(each.pooled());
            }
        }
        return new TextEmbedding(hidden, stack(scope, rows, new Shape(pooled.length)));
    }

    private Encoded encoded(String caption) {
        return known.computeIfAbsent(caption, this::encode);
    }

    private Encoded encode(String caption) {
        try (NDManager scope = program.newScope()) {
            TextEmbedding embedding = program.encode(scope, ids(scope, List.of(caption)));
            NDArray pooled = embedding.pooled();
            return new Encoded(
                    embedding.hidden().toFloatArray(),
                    embedding.hidden().getShape().slice(1),
                    pooled == null ? null : pooled.toFloatArray());
        }
    }

    /** How many captions are kept encoded. */
    int known() {
        return known.size();
    }

    private static NDArray stack(NDManager scope, List<float[]> rows, Shape one) {
        float[] all = new float[rows.size() * rows.get(0).length];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, all, i * rows.get(i).length, rows.get(i).length);
        }
        return scope.create(all, new Shape(rows.size()).addAll(one)).duplicate(); // see FlatParameters on memory
    }
}
