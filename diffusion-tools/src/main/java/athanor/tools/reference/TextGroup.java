package athanor.tools.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import athanor.diffusion.network.TextEncoderConfig;
import athanor.diffusion.runtime.LoraSet;
import athanor.diffusion.runtime.TextEmbedding;
import athanor.diffusion.safetensors.SafetensorsException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code text.input_ids} (n, L), SDXL also {@code text_2.input_ids}, to {@code text.hidden} (n, L, D) and {@code text.pooled}. */
record TextGroup(List<long[][]> ids) implements Group {

    static @Nullable TextGroup read(InputTensors inputs, List<TextEncoderConfig> encoders)
            throws ReferenceException, SafetensorsException {
        if (!inputs.hasAny("text.", "text_2.")) {
            return null;
        }
        Shapes shapes = new Shapes();
        List<long[][]> ids = new ArrayList<>();
        for (int i = 0; i < encoders.size(); i++) {
            String name = i == 0 ? "text.input_ids" : "text_2.input_ids";
            ids.add(readIds(inputs, name, shapes, encoders.get(i)));
        }
        return new TextGroup(ids);
    }

    private static long[][] readIds(InputTensors inputs, String name, Shapes shapes, TextEncoderConfig encoder)
            throws ReferenceException, SafetensorsException {
        long[] flat = inputs.longs(name, shapes, "n L", encoder.vocabSize());
        checkLength(inputs, name, shapes.side("L"), encoder);
        return Batches.rows(flat, 0, shapes.intSide("n"), shapes.intSide("L"));
    }

    static void checkLength(InputTensors inputs, String name, long length, TextEncoderConfig encoder)
            throws ReferenceException {
        if (length > encoder.maxPositions()) {
            throw inputs.wrong(
                    name, "prompts of %d tokens".formatted(length), "at most " + encoder.maxPositions() + " tokens");
        }
    }

    @Override
    public void compute(LoadedBase base, OutputTensors outputs) {
        try (NDManager scope = base.model().newScope()) {
            TextEmbedding text = base.model().encode(scope, ids, LoraSet.none());
            outputs.add("text.hidden", text.hidden());
            NDArray pooled = text.pooled();
            if (pooled != null) {
                outputs.add("text.pooled", pooled);
            }
        }
    }
}
