package athanor.tools.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * A side that computes on a card: its memory is what the card has less after its turns. The others are idle meanwhile, and PyTorch
 * keeps what it once took, so the sum is the peak. CUDA's own some hundred MiB for a process are in it.
 */
final class OnCardContestant implements Contestant {

    private final Contestant side;
    private double taken;

    /** @param start loads the side */
    OnCardContestant(Supplier<Contestant> start) {
        side = inTurn(start);
    }

    private <T> T inTurn(Supplier<T> turn) {
        double before = usedMebibytes();
        T result = turn.get();
        taken += usedMebibytes() - before;
        return result;
    }

    /** Asked of a process of its own, because asking CUDA takes memory of the card. */
    private static double usedMebibytes() {
        String answer;
        try {
            Process query = new ProcessBuilder(
                            "nvidia-smi", "--id=0", "--query-gpu=memory.used", "--format=csv,noheader,nounits")
                    .redirectErrorStream(true)
                    .start();
            answer = new String(query.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "memory of the card is asked of nvidia-smi, which cannot be run: %s; put it on the PATH"
                            .formatted(e.getMessage()),
                    e);
        }
        try {
            return Double.parseDouble(answer);
        } catch (NumberFormatException e) {
            throw new IllegalStateException(
                    "nvidia-smi answered '%s' when asked for the memory in use, wanted a number of MiB"
                            .formatted(answer),
                    e);
        }
    }

    @Override
    public int threads() {
        return side.threads();
    }

    @Override
    public double startUp() {
        return side.startUp();
    }

    @Override
    public double loading() {
        return side.loading();
    }

    @Override
    public Measurement sample() {
        return inTurn(side::sample);
    }

    @Override
    public Measurement decode(int batches) {
        return inTurn(() -> side.decode(batches));
    }

    @Override
    public Measurement train(int steps) {
        return inTurn(() -> side.train(steps));
    }

    @Override
    public double peakMemory() {
        return taken;
    }

    @Override
    public double residentMemory() {
        return taken;
    }

    @Override
    public void close() {
        side.close();
    }
}
