package athanor.plan;

import athanor.contracts.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sentences about what does not fit, each with what does. */
public final class Fit {

    private Fit() {}

    /** Whether what was counted alone is more; what is assumed beside it may turn out to be less. */
    public static boolean isRuledOut(Workload workload, Size area, Memory memory) {
        return NeededMemory.of(workload, area, memory.processor()).counted() > memory.bytes();
    }

    /** Where what was counted fits, and may not with what else takes room. */
    public static Optional<String> warning(Workload workload, Size area, Memory memory) {
        NeededMemory needed = NeededMemory.of(workload, area, memory.processor());
        if (needed.bytes() <= memory.bytes()) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "it may run out of memory: %s at %s takes %.1f GiB and may take %.1f more for what else needs room, of %s; %s",
                workload.family(),
                area,
                (double) needed.counted() / Memory.GIB,
                (double) needed.assumed() / Memory.GIB,
                memory.spoken(),
                whatFits(workload, area, memory)));
    }

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
        List<String> ways = new ArrayList<>();
        for (int batch = workload.batch() - 1; batch > 0 && ways.isEmpty(); batch--) {
            if (NeededMemory.fits(workload.withBatch(batch), area, memory)) {
                ways.add("with training.batchSize %d it fits".formatted(batch));
            }
        }
        LargestArea.of(workload, memory)
                .ifPresent(smaller -> ways.add("%s fits: set training.area to it".formatted(smaller)));
        return ways.isEmpty() ? whatFitsOtherwise(workload, memory) : String.join("; ", ways);
    }

    private static String whatFitsOtherwise(Workload workload, Memory memory) {
        Workload twice = workload.withRecompute(true);
        if (!workload.recompute() && LargestArea.of(twice, memory).isPresent()) {
            return "with athanor.train.recompute=true %s fits"
                    .formatted(LargestArea.of(twice, memory).orElseThrow());
        }
        Workload least = twice.in(NumberFormat.BFLOAT16).withBatch(1);
        return LargestArea.of(least, memory)
                .map(fits -> "in bfloat16 with training.batchSize 1 and athanor.train.recompute=true %s fits"
                        .formatted(fits))
                .orElse(
                        memory.processor()
                                ? "no size fits: it takes a machine with more memory"
                                : "no size fits: take a larger card");
    }
}
