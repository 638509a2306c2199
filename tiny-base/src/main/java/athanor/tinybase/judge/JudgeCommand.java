package athanor.tinybase.judge;

import athanor.diffusion.model.BaseModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains the judge anew and says how good it is. */
@Command(
        name = "judge",
        mixinStandardHelpOptions = true,
        description = "Trains the judge on drawings and tells its accuracy on others.")
public final class JudgeCommand implements Callable<Integer> {

    /** As the blotches of a LoRA after few steps look. */
    private static final double CARELESSNESS = 0.6;

    @Option(names = "--pictures", defaultValue = "5000", description = "Drawings (default: ${DEFAULT-VALUE}).")
    private int pictures;

    @Option(names = "--steps", defaultValue = "3000", description = "Steps of 32 drawings (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--seed", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "tiny-base/src/main/resources/athanor/tinybase/judge/judge.safetensors",
            description = "Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("judge.safetensors");

    @Option(
            names = "--base",
            paramLabel = "FOLDER",
            description = "Three fifths of the drawings go through this base's autoencoder first, carelessly.")
    private @Nullable Path base;

    @Override
    public Integer call() throws IOException {
        if (base == null) {
            train(UnaryOperator.identity());
            return 0;
        }
        try (BaseModel model = BaseModel.open(base)) {
            train(new RoundTrip(model, CARELESSNESS));
        }
        return 0;
    }

    private void train(UnaryOperator<List<float[]>> autoencoder) throws IOException {
        long start = System.nanoTime();
        JudgeTraining training = new JudgeTraining(pictures, steps, seed, autoencoder);
        try (Judge judge = training.train((step, loss) -> {
            if (step % 200 == 0) {
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(Locale.ROOT, "step %d of %d  loss %.3f  %.0f s%n", step, steps, loss, seconds);
            }
        })) {
            String origin = "./athanor judge --pictures %d --steps %d --seed %d".formatted(pictures, steps, seed);
            judge.write(out, base == null ? origin : origin + " --base " + base.getFileName());
        }
        System.out.println(out);
        try (Judge judge = Judge.read(out)) {
            print(judge, "clean", UnaryOperator.identity());
            print(judge, "blurred by 1 pixel", JudgeAccuracy.blurredBy(1));
            if (base != null) {
                print(judge, "through the autoencoder, carelessly", autoencoder);
            }
        }
    }

    private static void print(Judge judge, String name, UnaryOperator<List<float[]>> change) {
        JudgeAccuracy accuracy = JudgeAccuracy.of(judge, 1000, change);
        System.out.printf("%s: head error %.2f pixels%n", name, accuracy.headErrorPixels());
        accuracy.shares().forEach((question, share) -> System.out.printf("  %-14s %.3f%n", question, share));
    }
}
