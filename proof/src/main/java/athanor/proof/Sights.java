package athanor.proof;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the framing came that was asked for, and whether figures are broken; nothing at all where whoever looks does not find
 * the people of the instance pictures, because it would not find them in drawn ones either.
 */
final class Sights {

    /** Of the instance pictures, of which it is known that they show somebody or nobody. */
    private static final double FOUND = 0.8;

    private final Studio studio;
    private final ProofPlan plan;
    private final boolean known;

    private Sights(Studio studio, ProofPlan plan, boolean known) {
        this.studio = studio;
        this.plan = plan;
        this.known = known;
    }

    static Sights of(Studio studio, ProofPlan plan, List<BufferedImage> instances) {
        long found = studio.see(instances).stream().filter(Optional::isPresent).count();
        return new Sights(studio, plan, found >= FOUND * instances.size());
    }

    boolean known() {
        return known;
    }

    /** @param drawn pictures of the subject's prompts, in the order of the plan */
    Seen seen(List<BufferedImage> drawn) {
        if (!known) {
            return Seen.NOTHING;
        }
        List<Optional<Sight>> sights = studio.see(drawn);
        List<Framed> framings = new ArrayList<>();
        for (int i = 0; i < plan.framings().size(); i++) {
            String asked = plan.framings().get(i);
            List<Double> delivered = sights.subList((i + 1) * plan.seeds(), (i + 2) * plan.seeds()).stream()
                    .map(sight ->
                            sight.filter(one -> one.framing().equals(asked)).isPresent() ? 1.0 : 0.0)
                    .toList();
            framings.add(new Framed(asked, Estimate.of(delivered)));
        }
        return new Seen(framings, Optional.of(share(sights)));
    }

    /** Of pictures of any prompt. */
    Optional<Estimate> broken(List<BufferedImage> drawn) {
        return known ? Optional.of(share(studio.see(drawn))) : Optional.empty();
    }

    private static Estimate share(List<Optional<Sight>> sights) {
        return Estimate.of(sights.stream()
                .map(sight -> sight.filter(Sight::broken).isPresent() ? 1.0 : 0.0)
                .toList());
    }

    /** @param broken share of the pictures whose figures are; empty where that is not known */
    record Seen(List<Framed> framings, Optional<Estimate> broken) {

        static final Seen NOTHING = new Seen(List.of(), Optional.empty());
    }
}
