package athanor.tools.reference;

import ai.djl.ndarray.NDManager;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.runtime.LoraSet;
import athanor.diffusion.runtime.TextEmbedding;
import athanor.diffusion.safetensors.FloatTensor;
import athanor.diffusion.safetensors.SafetensorsException;
import org.jspecify.annotations.Nullable;

/** {@code unet.*} to {@code unet.output} (B, C, h, w): one call of the network, no guidance. */
record UNetGroup(
        FloatTensor sample,
        FloatTensor timestep,
        FloatTensor hidden,
        @Nullable FloatTensor pooled,
        @Nullable FloatTensor timeIds)
        implements Group {

    static @Nullable UNetGroup read(InputTensors inputs, UNetConfig unet, @Nullable Integer pooledWidth)
            throws ReferenceException, SafetensorsException {
        if (!inputs.hasAny("unet.")) {
            return null;
        }
        Shapes shapes = new Shapes()
                .with("C", unet.inChannels())
                .with("D", unet.crossAttentionDim().get(0))
                .with("6", 6);
        FloatTensor sample = inputs.floats("unet.sample", shapes, "B C h w");
        FloatTensor timestep = inputs.numbers("unet.timestep", shapes, "B");
        FloatTensor hidden = inputs.floats("unet.encoder_hidden_states", shapes, "B L D");
        if (pooledWidth == null) {
            return new UNetGroup(sample, timestep, hidden, null, null);
        }
        shapes.with("P", pooledWidth);
        return new UNetGroup(
                sample,
                timestep,
                hidden,
                inputs.floats("unet.text_embeds", shapes, "B P"),
                inputs.numbers("unet.time_ids", shapes, "B 6"));
    }

    @Override
    public void compute(LoadedBase base, OutputTensors outputs) {
        try (NDManager scope = base.model().newScope()) {
            TextEmbedding text = new TextEmbedding(
                    Batches.array(scope, hidden), pooled == null ? null : Batches.array(scope, pooled));
            outputs.add(
                    "unet.output",
                    base.model()
                            .denoise(
                                    scope,
                                    Batches.array(scope, sample),
                                    Batches.array(scope, timestep),
                                    text,
                                    timeIds == null ? null : Batches.array(scope, timeIds),
                                    LoraSet.none()));
        }
    }
}
