package athanor.tinybase.pretrain;

import athanor.diffusion.network.VaeConfig;
import athanor.diffusion.pretraining.AutoencoderPretrainer;
import athanor.diffusion.pretraining.PretrainerState;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.training.AdamW;
import athanor.tinybase.world.Clutter;
import athanor.tinybase.world.Painter;
import athanor.tinybase.world.Pixels;
import athanor.tinybase.world.Scene;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * First stage: the autoencoder, on fresh drawings of the world and, as often, on drawings with exchanged colours and
 * strange shapes, so that it can also represent what the world does not have. The last steps are the decoder's alone: they sharpen
 * the pictures and leave the latents as they are.
 */
final class AutoencoderStage {

    private static final int SIDE = TinyArchitecture.SIDE;
    private static final int BATCH = 8;
    private static final double KL_WEIGHT = 3e-4;
    private static final int SAVE_EVERY = 200;
    private static final AdamW OPTIMIZER = new AdamW(0.9, 0.99, 1e-8, 0.01, 1.0);
    private static final AdamW DECODER_OPTIMIZER = new AdamW(0.9, 0.99, 1e-8, 0, 1.0);

    private final PretrainingState whole;
    private final PretrainingState decoder;
    private final int steps;
    private final int decoderSteps;
    private final long seed;
    private final Consumer<String> log;

    /**
     * @param whole where encoder and decoder rest between two starts
     * @param decoder where the decoder rests that is finished alone
     */
    AutoencoderStage(
            PretrainingState whole,
            PretrainingState decoder,
            int steps,
            int decoderSteps,
            long seed,
            Consumer<String> log) {
        this.whole = whole;
        this.decoder = decoder;
        this.steps = steps;
        this.decoderSteps = decoderSteps;
        this.seed = seed;
        this.log = log;
    }

    /** Trains, or goes on, and returns the weights, the latents not yet whitened. */
    Map<String, NamedTensor> train(ComputeType type) throws IOException {
        VaeConfig config = TinyArchitecture.vaeConfig();
        PretrainerState earlier = whole.read().orElse(null);
        PretrainerState both;
        try (AutoencoderPretrainer pretrainer =
                AutoencoderPretrainer.ofTheWhole(config, OPTIMIZER, KL_WEIGHT, type, seed, earlier)) {
            run("autoencoder", pretrainer, whole, new LearningRate(2e-3, 100, 0.2, steps), 0);
            both = pretrainer.state();
        }
        // A decoder that was finished before the whole went on belongs to other latents.
        boolean wentOn = earlier == null || earlier.step() < both.step();
        PretrainerState start = wentOn ? both.ofTheMean() : decoder.read().orElseGet(both::ofTheMean);
        try (AutoencoderPretrainer pretrainer =
                AutoencoderPretrainer.ofTheDecoder(config, DECODER_OPTIMIZER, type, start)) {
            run("decoder", pretrainer, decoder, new LearningRate(1e-3, 100, 0.2, decoderSteps), steps);
            return NamedTensor.of(pretrainer.weights(), pretrainer::shape);
        }
    }

    /** @param before steps whose drawings were others */
    private void run(
            String name, AutoencoderPretrainer pretrainer, PretrainingState saved, LearningRate rate, int before)
            throws IOException {
        VaeConfig config = TinyArchitecture.vaeConfig();
        int first = pretrainer.state().step();
        if (first > 0) {
            log.accept(name + ": goes on after step " + first);
        }
        double error = Double.NaN;
        long began = System.nanoTime();
        for (int step = first + 1; step <= rate.steps(); step++) {
            // Everything random of a step comes from (seed, step): a run that goes on draws what it would have
            // drawn.
            Random random = new Random(seed * 1_000_003 + before + step);
            AutoencoderPretrainer.Report report =
                    pretrainer.step(pictures(random), noise(random, config), BATCH, SIDE, SIDE, rate.at(step));
            error = Double.isNaN(error) ? report.meanSquaredError() : 0.95 * error + 0.05 * report.meanSquaredError();
            if (step % 50 == 0) {
                double seconds = (System.nanoTime() - began) / 1e9 / (step - first);
                log.accept("%s %d/%d  PSNR %.2f dB  KL %.3f  %.3f s a step, %.0f min left"
                        .formatted(
                                name,
                                step,
                                rate.steps(),
                                psnr(error),
                                report.kullbackLeibler(),
                                seconds,
                                seconds * (rate.steps() - step) / 60));
            }
            if (step % SAVE_EVERY == 0 || step == rate.steps()) {
                saved.write(pretrainer.state());
            }
        }
    }

    private static float[] pictures(Random random) {
        float[] batch = new float[BATCH * 3 * SIDE * SIDE];
        for (int i = 0; i < BATCH; i++) {
            var picture = random.nextBoolean()
                    ? Painter.paint(Scene.random(random), SIDE, SIDE)
                    : Clutter.augmented(random, SIDE, SIDE);
            float[] planes = Pixels.toPlanes(picture);
            System.arraycopy(planes, 0, batch, i * planes.length, planes.length);
        }
        return batch;
    }

    private static float[] noise(Random random, VaeConfig config) {
        int side = SIDE / config.factor();
        float[] noise = new float[BATCH * config.latentChannels() * side * side];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        return noise;
    }

    /** Peak signal-to-noise ratio, decibel, of pictures in -1..1. */
    private static double psnr(double meanSquaredError) {
        return 10 * Math.log10(4 / meanSquaredError);
    }
}
