package athanor.plan;

import athanor.contracts.Size;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether activations are computed twice, and at which area a training runs. */
record Choice(Workload workload, Size area) {

    /**
     * Activations are computed twice, which is slower, where the usual area of the family needs it, and not for more than that
     * area: so a larger card, which keeps them, never trains at a smaller one.
     *
     * @param free whether that is to be chosen; else it is as the workload says
     * @throws CannotPlanException where nothing fits, or not what is wanted
     */
    static Choice of(@Nullable Size wanted, Workload asked, Memory memory, boolean free) {
        if (wanted == null) {
            return largest(asked, memory, free)
                    .orElseThrow(() -> new CannotPlanException(
                            Fit.refusal(asked, asked.family().areas().get(0), memory)));
        }
        if (NeededMemory.fits(asked, wanted, memory)) {
            return new Choice(asked, wanted);
        }
        Workload twice = asked.withRecompute(true);
        if (free && NeededMemory.fits(twice, wanted, memory)) {
            return new Choice(twice, wanted);
        }
        throw new CannotPlanException(Fit.refusal(asked, wanted, memory));
    }

    /** At the largest area that fits. */
    static Optional<Choice> largest(Workload asked, Memory memory, boolean free) {
        Size usual = asked.family().usualArea();
        Optional<Size> kept = LargestArea.of(asked, memory);
        if (free && kept.map(Size::pixels).orElse(0L) < usual.pixels()) {
            Workload twice = asked.withRecompute(true);
            Optional<Size> recomputed = LargestArea.within(twice, memory, usual);
            if (recomputed.map(Size::pixels).orElse(0L) > kept.map(Size::pixels).orElse(0L)) {
                return recomputed.map(area -> new Choice(twice, area));
            }
        }
        return kept.map(area -> new Choice(asked, area));
    }
}
