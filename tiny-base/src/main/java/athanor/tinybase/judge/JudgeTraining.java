package athanor.tinybase.judge;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.program.ParameterTable;
import athanor.diffusion.program.TorchProgram;
import athanor.tinybase.world.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * Trains a judge from nothing on drawings that are degraded anew each time. Three fifths of the drawings may first go through
 * an autoencoder, whose blur is the one that generated pictures have.
 */
final class JudgeTraining {

    private static final int SIDE = 64;
    private static final int BATCH = 32;
    private static final double PEAK_RATE = 3e-3;
    private static final int WARM_UP = 50;

    private final int pictures;
    private final int steps;
    private final long seed;
    private final UnaryOperator<List<float[]>> autoencoder;

    /**
     * @param pictures how many are drawn
     * @param steps optimiser steps of 32 pictures
     * @param autoencoder encodes and decodes 64x64 pictures; identity where there is none
     */
    JudgeTraining(int pictures, int steps, long seed, UnaryOperator<List<float[]>> autoencoder) {
        this.pictures = pictures;
        this.steps = steps;
        this.seed = seed;
        this.autoencoder = autoencoder;
    }

    /** @param progress is told the step and the running loss */
    Judge train(BiConsumer<Integer, Double> progress) {
        Random random = new Random(seed);
        List<LabelledPicture> drawn = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            drawn.add(LabelledPicture.ofAnything(random, SIDE, SIDE));
        }
        List<float[]> planes = planes(drawn);
        JudgeProgram network = new JudgeProgram();
        try (TorchProgram program = TorchProgram.load(network.text(), Device.cpu());
                NDManager owner = program.manager().newSubManager()) {
            NDArray flat = owner.create(initial(network.parameters(), random));
            flat.setRequiresGradient(true);
            NDArray m = owner.zeros(flat.getShape());
            NDArray v = owner.zeros(flat.getShape());
            double running = 0;
            for (int step = 1; step <= steps; step++) {
                double loss = step(program, owner, flat, m, v, step, drawn, planes, random);
                running = step == 1 ? loss : 0.97 * running + 0.03 * loss;
                progress.accept(step, running);
            }
            return new Judge(flat.toFloatArray());
        }
    }

    private double step(
            TorchProgram program,
            NDManager owner,
            NDArray flat,
            NDArray m,
            NDArray v,
            int step,
            List<LabelledPicture> drawn,
            List<float[]> planes,
            Random random) {
        int cells = SIDE / JudgeNetwork.STRIDE;
        float[] x = new float[BATCH * 3 * SIDE * SIDE];
        float[] t = new float[BATCH * JudgeTargets.CHANNELS * cells * cells];
        long[] places = new long[BATCH];
        for (int b = 0; b < BATCH; b++) {
            int chosen = random.nextInt(drawn.size());
            float[] picture = planes.get(chosen).clone();
            Degradation.apply(picture, SIDE, SIDE, random);
            System.arraycopy(picture, 0, x, b * picture.length, picture.length);
            float[] target = JudgeTargets.of(drawn.get(chosen));
            System.arraycopy(target, 0, t, b * target.length, target.length);
            places[b] = drawn.get(chosen).backdrop().place().ordinal();
        }
        float[] rates = {
            (float) learningRate(step), (float) (1 - Math.pow(0.9, step)), (float) (1 - Math.pow(0.99, step))
        };
        try (NDManager scratch = owner.newSubManager()) {
            return program.callWithGradients(
                            scratch,
                            "learn",
                            flat,
                            m,
                            v,
                            scratch.create(rates),
                            scratch.create(x, new Shape(BATCH, 3, SIDE, SIDE)),
                            scratch.create(t, new Shape(BATCH, JudgeTargets.CHANNELS, cells, cells)),
                            scratch.create(places))
                    .singletonOrThrow()
                    .getFloat();
        }
    }

    private List<float[]> planes(List<LabelledPicture> drawn) {
        List<float[]> planes = new ArrayList<>();
        drawn.forEach(picture -> planes.add(Pixels.toPlanes(picture.image())));
        int decodedCount = planes.size() * 3 / 5;
        List<float[]> decoded = autoencoder.apply(planes.subList(0, decodedCount));
        for (int i = 0; i < decodedCount; i++) {
            planes.set(i, decoded.get(i));
        }
        return planes;
    }

    private double learningRate(int step) {
        if (step < WARM_UP) {
            return PEAK_RATE * step / WARM_UP;
        }
        double done = (step - WARM_UP) / (double) Math.max(1, steps - WARM_UP);
        return PEAK_RATE * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * done)));
    }

    /** Normal with variance 2 / fan-in (He et al. 2015) for weights, one for the scale of a norm, zero for a bias. */
    private static float[] initial(ParameterTable table, Random random) {
        float[] flat = new float[table.totalElements()];
        table.offsets().forEach((name, offset) -> {
            int[] shape = table.shape(name);
            double deviation = shape.length == 4 ? Math.sqrt(2.0 / (shape[1] * shape[2] * shape[3])) : 0;
            float constant = name.endsWith("norm.weight") ? 1 : 0;
            for (int i = 0; i < table.elements(name); i++) {
                flat[offset + i] = constant + (float) (deviation * random.nextGaussian());
            }
        });
        return flat;
    }
}
