package athanor.tinybase.pretrain;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.pretraining.DenoiserPretrainer;
import athanor.diffusion.pretraining.PretrainerState;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.runtime.LatentCodec;
import athanor.diffusion.schedule.NoiseLevel;
import athanor.diffusion.schedule.NoiseSchedule;
import athanor.diffusion.schedule.PredictionType;
import athanor.diffusion.schedule.SchedulerConfig;
import athanor.diffusion.tokenizer.ClipTokenizer;
import athanor.diffusion.training.AdamW;
import athanor.diffusion.training.NoiseTerms;
import athanor.tinybase.world.Captions;
import athanor.tinybase.world.Framing;
import athanor.tinybase.world.Painter;
import athanor.tinybase.world.Pixels;
import athanor.tinybase.world.Scene;
import athanor.tinybase.world.WorldTokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Second stage: UNet and text encoder together, on latents of drawings that were encoded once, with captions drawn anew each
 * time. One caption in ten is empty, for classifier-free guidance (Ho and Salimans 2022). Held-out combinations are left out. The
 * last steps dwell on faces, see {@link Emphasis}.
 */
final class DenoiserStage {

    private static final int PICTURES = 16_000;
    private static final int ENCODED_AT_ONCE = 32;
    private static final int BATCH = 32;
    private static final int SAVE_EVERY = 250;
    private static final double EMPTY_CAPTIONS = 0.1;
    private static final AdamW OPTIMIZER = new AdamW(0.9, 0.99, 1e-8, 0.01, 1.0);

    private final PretrainingState even;
    private final PretrainingState faces;
    private final BaseFolder folder;
    private final int steps;
    private final int faceSteps;
    private final long seed;
    private final Consumer<String> log;
    private final NoiseSchedule schedule = NoiseSchedule.of(SchedulerConfig.from(TinyArchitecture.scheduler()));

    private final List<Scene> scenes = new ArrayList<>();
    private final List<Integer> fullBodies = new ArrayList<>();
    private float[] latents = {};
    private int latentSize;
    private int latentSide;

    /**
     * @param even where the networks rest between two starts
     * @param faces where they rest while the last steps are taken
     */
    DenoiserStage(
            PretrainingState even,
            PretrainingState faces,
            BaseFolder folder,
            int steps,
            int faceSteps,
            long seed,
            Consumer<String> log) {
        this.even = even;
        this.faces = faces;
        this.folder = folder;
        this.steps = steps;
        this.faceSteps = faceSteps;
        this.seed = seed;
        this.log = log;
    }

    /** Trains, or goes on; the base folder always holds the newest running mean. */
    void train(LatentCodec codec, ClipTokenizer tokenizer, ComputeType type) throws IOException {
        encodeWorld(codec);
        PretrainerState earlier = even.read().orElse(null);
        PretrainerState trained =
                run(Emphasis.EVEN, even, earlier, new LearningRate(1.2e-3, 200, 0.3, steps), 0, tokenizer, type);
        // Faces that were finished before the rest went on belong to other networks.
        boolean wentOn = earlier == null || earlier.step() < trained.step();
        PretrainerState start = wentOn ? trained.ofTheMean() : faces.read().orElseGet(trained::ofTheMean);
        run(Emphasis.FACES, faces, start, new LearningRate(1e-3, 200, 0.3, faceSteps), steps, tokenizer, type);
    }

    /** @param before steps whose batches were others */
    private PretrainerState run(
            Emphasis emphasis,
            PretrainingState saved,
            @Nullable PretrainerState earlier,
            LearningRate rate,
            int before,
            ClipTokenizer tokenizer,
            ComputeType type)
            throws IOException {
        String name = emphasis.stage();
        try (DenoiserPretrainer pretrainer = new DenoiserPretrainer(
                TinyArchitecture.unetConfig(),
                TinyArchitecture.textEncoderConfig(new WorldTokenizer()),
                OPTIMIZER,
                type,
                seed,
                earlier)) {
            log.accept("%s: %,d parameters".formatted(name, pretrainer.parameterCount()));
            int first = earlier == null ? 0 : earlier.step();
            if (first > 0) {
                log.accept(name + ": goes on after step " + first);
            }
            Map<String, long[]> ids = new HashMap<>();
            double loss = Double.NaN;
            long began = System.nanoTime();
            for (int step = first + 1; step <= rate.steps(); step++) {
                DenoiserPretrainer.Report report =
                        pretrainer.step(batch(emphasis, before + step, tokenizer, ids), rate.at(step));
                loss = Double.isNaN(loss) ? report.loss() : 0.98 * loss + 0.02 * report.loss();
                if (step % 50 == 0) {
                    double seconds = (System.nanoTime() - began) / 1e9 / (step - first);
                    log.accept("%s %d/%d  loss %.4f  %.3f s a step, %.0f min left"
                            .formatted(name, step, rate.steps(), loss, seconds, seconds * (rate.steps() - step) / 60));
                }
                if (step % SAVE_EVERY == 0 || step == rate.steps()) {
                    saved.write(pretrainer.state());
                    write(pretrainer);
                }
            }
            return pretrainer.state();
        }
    }

    private void encodeWorld(LatentCodec codec) {
        int side = TinyArchitecture.SIDE;
        latentSide = side / codec.config().factor();
        latentSize = codec.config().latentChannels() * latentSide * latentSide;
        latents = new float[PICTURES * latentSize];
        Random random = new Random(seed + 1);
        for (int done = 0; done < PICTURES; done += ENCODED_AT_ONCE) {
            float[] pictures = new float[ENCODED_AT_ONCE * 3 * side * side];
            for (int i = 0; i < ENCODED_AT_ONCE; i++) {
                Scene scene = Scene.random(random, false);
                if (scene.framing() == Framing.FULL_BODY) {
                    fullBodies.add(scenes.size());
                }
                scenes.add(scene);
                float[] planes = Pixels.toPlanes(Painter.paint(scene, side, side));
                System.arraycopy(planes, 0, pictures, i * planes.length, planes.length);
            }
            try (NDManager scope = codec.manager().newSubManager()) {
                float[] moments = codec.encode(scope, scope.create(pictures, new Shape(ENCODED_AT_ONCE, 3, side, side)))
                        .toFloatArray();
                for (int i = 0; i < ENCODED_AT_ONCE; i++) {
                    System.arraycopy(moments, i * 2 * latentSize, latents, (done + i) * latentSize, latentSize);
                }
            }
        }
        log.accept("denoiser: %,d drawings encoded".formatted(PICTURES));
    }

    private DenoiserPretrainer.Batch batch(
            Emphasis emphasis, int step, ClipTokenizer tokenizer, Map<String, long[]> known) {
        // Everything random of a step comes from (seed, step): a run that goes on draws what it would have drawn.
        Random random = new Random(seed * 1_000_033 + step);
        float[] batch = new float[BATCH * latentSize];
        float[] noise = new float[batch.length];
        float[] cellWeights = new float[BATCH * latentSide * latentSide];
        long[] ids = new long[BATCH * WorldTokenizer.LENGTH];
        NoiseTerms terms = new NoiseTerms(BATCH);
        for (int i = 0; i < BATCH; i++) {
            int picture = emphasis.choosesFullBody(i, BATCH)
                    ? fullBodies.get(random.nextInt(fullBodies.size()))
                    : random.nextInt(PICTURES);
            System.arraycopy(latents, picture * latentSize, batch, i * latentSize, latentSize);
            String caption = random.nextDouble() < EMPTY_CAPTIONS ? "" : Captions.random(scenes.get(picture), random);
            System.arraycopy(
                    known.computeIfAbsent(caption, tokenizer::ids),
                    0,
                    ids,
                    i * WorldTokenizer.LENGTH,
                    WorldTokenizer.LENGTH);
            int timestep = emphasis.timestep(random, schedule.timesteps());
            NoiseLevel level = schedule.level(timestep);
            terms.set(i, timestep, level, PredictionType.EPSILON, emphasis.weight(level) / BATCH);
            float[] cells =
                    emphasis.cellWeights(scenes.get(picture), (double) timestep / schedule.timesteps(), latentSide);
            System.arraycopy(cells, 0, cellWeights, i * cells.length, cells.length);
        }
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        return new DenoiserPretrainer.Batch(batch, noise, terms, cellWeights, ids, latentSide, latentSide);
    }

    private void write(DenoiserPretrainer pretrainer) throws IOException {
        folder.writeUNet(NamedTensor.of(
                pretrainer.weights(DenoiserPretrainer.UNET), name -> pretrainer.shape(DenoiserPretrainer.UNET, name)));
        folder.writeTextEncoder(NamedTensor.of(
                pretrainer.weights(DenoiserPretrainer.TEXT_ENCODER),
                name -> pretrainer.shape(DenoiserPretrainer.TEXT_ENCODER, name)));
    }
}
