package athanor.proof;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries a LoRA out at several checkpoints and strengths, always with the same prompts and seeds, and measures what comes: first
 * the base alone, from whose pictures and the instance pictures the measures are made, then every checkpoint as it was trained,
 * then other strengths.
 */
public final class ProveLora {

    /** Of fewer instance pictures nothing can be held out. */
    public static final int LEAST_INSTANCES = 3;

    private final Studio studio;
    private final ProofPlan plan;
    private final List<BufferedImage> instances;

    private ProveLora(Studio studio, ProofPlan plan, List<BufferedImage> instances) {
        this.studio = studio;
        this.plan = plan;
        this.instances = instances;
    }

    /** @param instances pictures that the LoRA was trained on, at least {@link #LEAST_INSTANCES} */
    public static Proof prove(ProofPlan plan, List<BufferedImage> instances, Studio studio) {
        if (instances.size() < LEAST_INSTANCES) {
            throw new IllegalArgumentException("%d instance pictures, of which none can be held out; wanted at least %d"
                    .formatted(instances.size(), LEAST_INSTANCES));
        }
        return new ProveLora(studio, plan, instances).proof();
    }

    /** Who look at pixels and not at what the base sees. */
    private record Onlookers(Sights sights, SameAgain hashes) {}

    private Proof proof() {
        List<BufferedImage> drawn = studio.draw(null, plan.ofBase());
        List<BufferedImage> again = studio.draw(null, plan.ofClass());
        Measuring measuring = Measuring.of(plan, studio.look(instances), studio.look(drawn), studio.look(again));
        Onlookers onlookers = new Onlookers(Sights.of(studio, plan, instances), SameAgain.of(instances, drawn));

        List<ProvedTrial> trials = new ArrayList<>();
        for (int step : plan.steps()) {
            trials.add(tried(new Trial(step, 1), measuring, onlookers));
        }
        List<Integer> furtherSteps = plan.everyStrength()
                ? plan.steps()
                : List.of(Choice.of(trials).trial().step());
        for (int step : furtherSteps) {
            for (double strength : plan.strengths()) {
                trials.add(tried(new Trial(step, strength), measuring, onlookers));
            }
        }
        ProvedTrial recommended = Choice.of(trials);
        return new Proof(
                plan,
                instances.size(),
                measuring.likeness().separation(),
                measuring.identityFloor(),
                trials,
                recommended,
                onlookers.sights().known(),
                envelope(recommended.trial(), measuring, onlookers),
                shown(drawn, plan.baseSeeds(), again));
    }

    private ProvedTrial tried(Trial trial, Measuring measuring, Onlookers onlookers) {
        List<BufferedImage> drawn = studio.draw(trial, plan.ofTrial());
        List<float[]> seen = studio.look(drawn);
        int ofSubject = plan.subjectPrompts().size() * plan.seeds();
        List<Double> identity = measuring.likeness(seen.subList(0, ofSubject));
        List<Double> copies = new ArrayList<>();
        List<Double> gains = new ArrayList<>();
        for (int i = 0; i < ofSubject; i++) {
            boolean copy = measuring.copying().isCopy(seen.get(i))
                    || onlookers.hashes().isCopy(drawn.get(i));
            copies.add(copy ? 1.0 : 0.0);
            gains.add(copy ? 0 : identity.get(i));
        }
        Sights.Seen shown = onlookers.sights().seen(drawn.subList(0, ofSubject));
        List<float[]> ofClass = seen.subList(ofSubject, seen.size());
        List<Double> leak = measuring.traces(ofClass);
        return new ProvedTrial(
                trial,
                Estimate.of(identity),
                Estimate.of(leak),
                ofClass.isEmpty() ? 0 : measuring.classShift().of(ofClass),
                Estimate.of(copies),
                shown.framings(),
                shown.broken(),
                gains,
                leak,
                shown(drawn, plan.seeds(), drawn.subList(ofSubject, drawn.size())));
    }

    private List<AtSize> envelope(Trial trial, Measuring measuring, Onlookers onlookers) {
        List<AtSize> envelope = new ArrayList<>();
        for (double times : plan.sizes()) {
            List<BufferedImage> drawn = studio.draw(trial, plan.ofSubject(), times);
            List<BufferedImage> alone = studio.draw(null, plan.ofClass(), times);
            if (drawn.isEmpty() || alone.isEmpty()) {
                return envelope; // what is larger does not fit either
            }
            envelope.add(new AtSize(
                    times,
                    Estimate.of(measuring.likeness(studio.look(drawn))),
                    Estimate.of(measuring.traces(studio.look(alone))),
                    onlookers.sights().broken(drawn)));
        }
        return envelope;
    }

    /** The first picture of each prompt, and the first of the class, if there is any. */
    private List<BufferedImage> shown(List<BufferedImage> drawn, int seeds, List<BufferedImage> ofClass) {
        List<BufferedImage> shown = new ArrayList<>();
        for (int prompt = 0; prompt < plan.subjectPrompts().size(); prompt++) {
            shown.add(drawn.get(prompt * seeds));
        }
        ofClass.stream().limit(1).forEach(shown::add);
        return shown;
    }
}
