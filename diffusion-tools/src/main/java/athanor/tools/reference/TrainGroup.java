package athanor.tools.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.safetensors.FloatTensor;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.diffusion.schedule.NoiseLevel;
import athanor.diffusion.schedule.NoiseSchedule;
import athanor.diffusion.schedule.PredictionType;
import athanor.diffusion.training.AdamW;
import athanor.diffusion.training.FlatParameters;
import athanor.diffusion.training.GradientInputs;
import athanor.diffusion.training.LoraProgram;
import athanor.diffusion.training.LossKind;
import athanor.diffusion.training.MinSnr;
import athanor.diffusion.training.NoiseTerms;
import athanor.diffusion.training.TrainingPlan;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code train.*} and {@code lora.*} to {@code train.loss} (K), the first step's {@code train.gradient.<key>...} before
 * clipping, and {@code lora.<key>...} after K steps of AdamW.
 */
record TrainGroup(Batch batches, Adapter adapter, Objective objective) implements Group {

    /**
     * @param latents scaled, (K, B, C, h, w)
     * @param noise (K, B, C, h, w)
     * @param timesteps (K, B), flat
     * @param ids (K, B, L), flat
     * @param isClass (K, B), 0 or 1
     * @param timeIds SDXL: (K, B, 6)
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Batch(
            FloatTensor latents,
            FloatTensor noise,
            long[] timesteps,
            long[] ids,
            FloatTensor isClass,
            @Nullable FloatTensor timeIds) {

        int steps() {
            return Math.toIntExact(latents.shape()[0]);
        }

        int pictures() {
            return Math.toIntExact(latents.shape()[1]);
        }
    }

    /** @param optimizer its maxGradNorm is infinite where the metadata says 0 */
    record Objective(AdamW optimizer, double learningRate, double priorWeight, double minSnrGamma) {}

    static @Nullable TrainGroup read(InputTensors inputs, BaseModel base)
            throws ReferenceException, SafetensorsException {
        if (!inputs.hasAny("train.", "lora.")) {
            return null;
        }
        Shapes shapes = new Shapes().with("C", base.unetConfig().inChannels()).with("6", 6);
        FloatTensor latents = inputs.floats("train.latents", shapes, "K B C h w");
        FloatTensor noise = inputs.floats("train.noise", shapes, "K B C h w");
        int timesteps = NoiseSchedule.of(base.schedulerConfig()).timesteps();
        long[] at = inputs.longs("train.timesteps", shapes, "K B", timesteps);
        long[] ids = inputs.longs("train.input_ids", shapes, "K B L", SamplerGroup.vocabulary(base));
        for (var encoder : base.textEncoderConfigs()) {
            TextGroup.checkLength(inputs, "train.input_ids", shapes.side("L"), encoder);
        }
        FloatTensor isClass = inputs.numbers("train.is_class", shapes, "K B");
        for (float flag : isClass.values()) {
            if (flag != 0 && flag != 1) {
                throw inputs.wrong("train.is_class", "the value " + flag, "0 or 1");
            }
        }
        FloatTensor timeIds =
                base.textEncoderConfigs().size() == 2 ? inputs.numbers("train.time_ids", shapes, "K B 6") : null;
        Batch batches = new Batch(latents, noise, at, ids, isClass, timeIds);
        return new TrainGroup(batches, Adapter.read(inputs, new AdaptableLayers(base)), objective(inputs));
    }

    private static Objective objective(InputTensors inputs) throws ReferenceException {
        double maxGradNorm = inputs.number("max_grad_norm", 0, Double.MAX_VALUE);
        AdamW optimizer = new AdamW(
                inputs.number("beta1", 0, 1),
                inputs.number("beta2", 0, 1),
                inputs.number("eps", 0, 1),
                inputs.number("weight_decay", 0, 1e6),
                maxGradNorm == 0 ? Double.POSITIVE_INFINITY : maxGradNorm);
        return new Objective(
                optimizer,
                inputs.number("learning_rate", 0, 1e6),
                inputs.number("prior_weight", 0, 1e6),
                inputs.number("min_snr_gamma", 0, 1e6));
    }

    @Override
    public void compute(LoadedBase base, OutputTensors outputs) throws ReferenceException {
        base.unload();
        LoraPlan lora = new LoraPlan(adapter::adapts, adapter.rank(), adapter.scale());
        TrainingPlan plan = new TrainingPlan(lora, adapter.adaptsText(), LossKind.MEAN_SQUARED, false);
        try (LoraProgram program = LoraProgram.load(base.base(), plan, base.options());
                FlatParameters parameters = parameters(program)) {
            float[] losses = new float[batches.steps()];
            for (int k = 0; k < losses.length; k++) {
                try (NDManager scope = program.newScope()) {
                    NoiseTerms terms = new NoiseTerms(batches.pictures());
                    double[] weights = fill(terms, base.base(), k);
                    LoraProgram.Gradient step = gradient(scope, program, parameters, terms, k, base);
                    losses[k] = loss(step.errors(), weights);
                    mustBeFinite(k, "a loss", losses[k]);
                    if (k == 0) {
                        adapter.write(step.gradient().toFloatArray(), program.factors(), "train.gradient.", outputs);
                    }
                    double rate = objective.learningRate();
                    float norm = program.update(
                            scope,
                            parameters,
                            step.gradient(),
                            objective.optimizer().hyperParameters(k + 1, rate, rate, 0));
                    mustBeFinite(k, "a gradient of norm", norm);
                }
            }
            outputs.add("train.loss", new long[] {losses.length}, losses);
            float[] trained = parameters.values().toFloatArray();
            for (float value : trained) {
                mustBeFinite(losses.length - 1, "a factor", value);
            }
            adapter.write(trained, program.factors(), "lora.", outputs);
        }
    }

    /** The norm of the first step's gradient stands for all of its numbers. */
    private static void mustBeFinite(int k, String what, float value) throws ReferenceException {
        if (!Float.isFinite(value)) {
            throw new ReferenceException(
                    "the training diverged: found %s %s in step %d, wanted finite numbers; are the inputs finite and the learning rate small?"
                            .formatted(what, value, k + 1));
        }
    }

    private FlatParameters parameters(LoraProgram program) {
        float[] start = adapter.flat(program.factors());
        return program.parameters(start, new float[start.length], new float[start.length]);
    }

    /** Mean over instances plus prior weight times mean over class pictures, as one weight a picture. */
    private double[] fill(NoiseTerms terms, BaseModel base, int k) {
        NoiseSchedule schedule = NoiseSchedule.of(base.schedulerConfig());
        PredictionType prediction = base.schedulerConfig().predictionType();
        int pictures = batches.pictures();
        int classPictures = 0;
        for (int b = 0; b < pictures; b++) {
            classPictures += isClass(k, b) ? 1 : 0;
        }
        double[] weights = new double[pictures];
        for (int b = 0; b < pictures; b++) {
            int timestep = Math.toIntExact(batches.timesteps()[k * pictures + b]);
            NoiseLevel level = schedule.level(timestep);
            double share = isClass(k, b) ? objective.priorWeight() / classPictures : 1.0 / (pictures - classPictures);
            weights[b] = share * MinSnr.weight(level, prediction, objective.minSnrGamma());
            terms.set(b, timestep, level, prediction, weights[b]);
        }
        return weights;
    }

    private boolean isClass(int k, int b) {
        return batches.isClass().values()[k * batches.pictures() + b] == 1;
    }

    private LoraProgram.Gradient gradient(
            NDManager scope, LoraProgram program, FlatParameters parameters, NoiseTerms terms, int k, LoadedBase base) {
        List<NDArray> ids = Collections.nCopies(base.base().textEncoderConfigs().size(), ids(scope, k));
        GradientInputs.Prompts prompts = adapter.adaptsText()
                ? new GradientInputs.Prompts.Tokens(ids)
                : new GradientInputs.Prompts.Encoded(program.encode(scope, ids));
        FloatTensor timeIds = batches.timeIds();
        return program.gradient(
                scope,
                parameters,
                new GradientInputs(
                        Batches.array(scope, batches.latents(), k),
                        Batches.array(scope, batches.noise(), k),
                        terms,
                        scope.ones(new Shape(1, 1, 1, 1)),
                        prompts,
                        timeIds == null ? null : Batches.array(scope, timeIds, k),
                        null));
    }

    private NDArray ids(NDManager scope, int k) {
        int pictures = batches.pictures();
        int length = batches.ids().length / (batches.steps() * pictures);
        int size = pictures * length;
        long[] rows = java.util.Arrays.copyOfRange(batches.ids(), k * size, (k + 1) * size);
        return scope.create(rows, new Shape(pictures, length));
    }

    private static float loss(float[] errors, double[] weights) {
        double loss = 0;
        for (int b = 0; b < errors.length; b++) {
            loss += weights[b] * errors[b];
        }
        return (float) loss;
    }
}
