package athanor.plan;

import athanor.contracts.Size;
import java.util.Locale;
import java.util.Optional;

/** Sentences about what does not fit, each with what does. */
public final class Fit {

    private Fit() {}

    public static String refusal(Workload workload, Size area, Memory memory) {
        return String.format(
                Locale.ROOT,
                "%s at %s with training.batchSize %d, rank %d and %s%s takes %.1f GiB, and %s has less; %s",
                workload.family(),
                area,
                workload.batch(),
                workload.rank(),
                workload.format(),
                workload.recompute() ? ", activations computed twice," : "",
                (double) NeededMemory.of(workload, area, memory.processor()).bytes() / Memory.GIB,
                memory.spoken(),
                whatFits(workload, area, memory));
    }

    /** @param area that does not fit */
    private static String whatFits(Workload workload, Size area, Memory memory) {
        Optional<Size> smaller = LargestArea.of(workload, memory);
        if (smaller.isPresent()) {
            return "%s fits: set training.area to it".formatted(smaller.get());
        }
        Workload twice = workload.withRecompute(true);
        if (!workload.recompute() && LargestArea.of(twice, memory).isPresent()) {
            return "with athanor.train.recompute=true %s fits"
                    .formatted(LargestArea.of(twice, memory).orElseThrow());
        }
        Workload least = twice.in(NumberFormat.BFLOAT16).one();
        return LargestArea.of(least, memory)
                .map(fits -> "in bfloat16 with training.batchSize 1 and athanor.train.recompute=true %s fits"
                        .formatted(fits))
                .orElse("no size fits: take a larger card");
    }
}
