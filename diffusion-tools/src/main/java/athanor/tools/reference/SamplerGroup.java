package athanor.tools.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.network.TextEncoderConfig;
import athanor.diffusion.runtime.DiffusionModel;
import athanor.diffusion.runtime.LoraSet;
import athanor.diffusion.runtime.TextEmbedding;
import athanor.diffusion.safetensors.FloatTensor;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.diffusion.sampler.Denoiser;
import athanor.diffusion.sampler.SamplerName;
import athanor.diffusion.sampler.Sampling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code sampler.*} to {@code sampler.<name>.latent} (B, C, h, w): whole trajectories with guidance
 * {@code e0 + g (e1 - e0)}, the negative prompt first in the batch.
 */
record SamplerGroup(List<SamplerName> samplers, int steps, double guidance, Tensors tensors) implements Group {

    private static final int MOST_STEPS = 10_000;

    /**
     * @param ids negative prompts, then prompts, (2B, L)
     * @param stepNoise (steps, B, C, h, w); null where no sampler asks for it
     * @param timeIds SDXL: (B, 6), the same for both branches
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Tensors(
            FloatTensor noise,
            long[][] ids,
            @Nullable FloatTensor stepNoise,
            @Nullable FloatTensor timeIds) {}

    static @Nullable SamplerGroup read(InputTensors inputs, BaseModel base)
            throws ReferenceException, SafetensorsException {
        if (!inputs.hasAny("sampler.")) {
            return null;
        }
        List<SamplerName> samplers = names(inputs);
        int steps = inputs.whole("steps", 1, MOST_STEPS);
        double guidance = inputs.number("guidance", -1e6, 1e6);
        Shapes shapes = new Shapes()
                .with("C", base.unetConfig().inChannels())
                .with("steps", steps)
                .with("6", 6);
        FloatTensor noise = inputs.floats("sampler.noise", shapes, "B C h w");
        List<long[]> ids = new ArrayList<>();
        for (String name : List.of("sampler.negative_ids", "sampler.input_ids")) {
            ids.add(inputs.longs(name, shapes, "B L", vocabulary(base)));
            for (TextEncoderConfig encoder : base.textEncoderConfigs()) {
                TextGroup.checkLength(inputs, name, shapes.side("L"), encoder);
            }
        }
        boolean ancestral = samplers.contains(SamplerName.EULER_ANCESTRAL);
        boolean noiseIsThere = inputs.names().contains("sampler.step_noise");
        FloatTensor stepNoise =
                ancestral || noiseIsThere ? inputs.floats("sampler.step_noise", shapes, "steps B C h w") : null;
        FloatTensor timeIds =
                base.textEncoderConfigs().size() == 2 ? inputs.numbers("sampler.time_ids", shapes, "B 6") : null;
        return new SamplerGroup(samplers, steps, guidance, new Tensors(noise, both(ids, shapes), stepNoise, timeIds));
    }

    /** The smallest vocabulary: SDXL's encoders get the same ids. */
    static int vocabulary(BaseModel base) {
        return base.textEncoderConfigs().stream()
                .mapToInt(TextEncoderConfig::vocabSize)
                .min()
                .orElseThrow();
    }

    private static List<SamplerName> names(InputTensors inputs) throws ReferenceException {
        List<SamplerName> samplers = new ArrayList<>();
        for (String name : TokensGroup.strings(inputs, "samplers")) {
            try {
                SamplerName sampler = SamplerName.named(name);
                if (samplers.contains(sampler)) {
                    throw inputs.wrongText("samplers", "'" + name + "' more than once", "each of them once");
                }
                samplers.add(sampler);
            } catch (IllegalArgumentException unknown) {
                throw inputs.wrongText("samplers", "'" + name + "'", String.valueOf(unknown.getMessage()));
            }
        }
        return samplers;
    }

    private static long[][] both(List<long[]> ids, Shapes shapes) {
        List<long[]> rows = new ArrayList<>();
        for (long[] flat : ids) {
            Collections.addAll(rows, Batches.rows(flat, 0, shapes.intSide("B"), shapes.intSide("L")));
        }
        return rows.toArray(long[][]::new);
    }

    @Override
    public void compute(LoadedBase base, OutputTensors outputs) {
        DiffusionModel model = base.model();
        try (NDManager scope = model.newScope()) {
            List<long[][]> perEncoder =
                    Collections.nCopies(base.base().textEncoderConfigs().size(), tensors.ids());
            TextEmbedding text = model.encode(scope, perEncoder, LoraSet.none());
            FloatTensor timeIds = tensors.timeIds();
            NDArray geometry = timeIds == null ? null : Batches.array(scope, timeIds);
            Denoiser denoiser = (input, timestep) -> guided(model, input, timestep, text, geometry);
            NDArray noise = Batches.array(scope, tensors.noise());
            for (SamplerName name : samplers) {
                Sampling sampling = new Sampling(
                        name.of(base.base().schedulerConfig()),
                        base.base().schedulerConfig().predictionType());
                NDArray latent = sampling.run(
                        noise, steps, denoiser, i -> stepNoise(noise.getManager(), i), (done, total) -> {});
                outputs.add("sampler." + name.shortName() + ".latent", latent);
            }
        }
    }

    private NDArray guided(
            DiffusionModel model, NDArray input, double timestep, TextEmbedding text, @Nullable NDArray timeIds) {
        NDManager scope = input.getManager();
        float[] timesteps = new float[(int) input.getShape().get(0)];
        java.util.Arrays.fill(timesteps, (float) timestep);
        NDList halves = model.denoise(scope, input, scope.create(timesteps), text, timeIds, LoraSet.none())
                .split(2);
        NDArray negative = halves.get(0);
        return negative.add(halves.get(1).sub(negative).mul(guidance));
    }

    private NDArray stepNoise(NDManager scope, int step) {
        FloatTensor noise = tensors.stepNoise();
        if (noise == null) {
            throw new IllegalStateException("a sampler asks for noise that only euler_a should ask for");
        }
        return Batches.array(scope, noise, step);
    }
}
