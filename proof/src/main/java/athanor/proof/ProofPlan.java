package athanor.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What a proof draws. Every trial gets the same prompts and seeds, so that trials are compared picture by picture.
 *
 * @param subjectPrompt calls the subject
 * @param classPrompt calls any of its kind
 * @param framings words that are put behind both prompts, {@code full body}; may be empty
 * @param steps checkpoints to try, in order; the last one is the finished LoRA
 * @param strengths to try beside 1
 * @param everyStrength of every checkpoint; else only of the one that does best at strength 1
 * @param seeds pictures of each question to a trial
 * @param baseSeeds pictures of each question to the base alone, from which the measures are made
 * @param firstSeed of the trials
 * @param sizes to draw what is recommended at as well, in times the trained one
 */
public record ProofPlan(
        String subjectPrompt,
        String classPrompt,
        List<String> framings,
        List<Integer> steps,
        List<Double> strengths,
        boolean everyStrength,
        int seeds,
        int baseSeeds,
        long firstSeed,
        List<Double> sizes) {

    /** Seeds of the base's pictures lie so far behind those of the trials. */
    private static final long APART = 1_000_000;

    /** With fewer nothing can be said. */
    private static final int LEAST_SEEDS = 2;

    private static final int LEAST_BASE_SEEDS = 4;

    public ProofPlan {
        framings = List.copyOf(framings);
        steps = List.copyOf(steps);
        sizes = List.copyOf(sizes);
        strengths =
                strengths.stream().filter(strength -> strength != 1).sorted().toList();
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("there is no checkpoint to try");
        }
        if (seeds < 1 || baseSeeds < 2) {
            throw new IllegalArgumentException(
                    "%d pictures of a question and %d by the base alone, wanted at least 1 and 2"
                            .formatted(seeds, baseSeeds));
        }
    }

    /** The prompt alone, and with each framing: of the subject. */
    List<String> subjectPrompts() {
        return withFramings(subjectPrompt);
    }

    List<String> classPrompts() {
        return withFramings(classPrompt);
    }

    private List<String> withFramings(String prompt) {
        List<String> prompts = new ArrayList<>(List.of(prompt));
        framings.forEach(framing -> prompts.add(prompt + ", " + framing));
        return prompts;
    }

    /** What every trial draws: of the subject, prompt by prompt, then of the class. */
    List<Asked> ofTrial() {
        List<Asked> asked = new ArrayList<>(ofSubject());
        if (classIsApart()) {
            asked.addAll(ofClass());
        }
        return asked;
    }

    List<Asked> ofSubject() {
        return subjectPrompts().stream()
                .flatMap(prompt -> asked(prompt, firstSeed, seeds).stream())
                .toList();
    }

    /** Whether the class can be prompted without calling the subject. */
    public boolean classIsApart() {
        return !subjectPrompt.equals(classPrompt);
    }

    /** The class alone: as many pictures as two questions have, because one number is made of them. */
    List<Asked> ofClass() {
        return asked(classPrompt, firstSeed, 2 * seeds);
    }

    /** What the base draws by itself, from which the measures are made. */
    List<Asked> ofBase() {
        return classPrompts().stream()
                .flatMap(prompt -> asked(prompt, firstSeed + APART, baseSeeds).stream())
                .toList();
    }

    private static List<Asked> asked(String prompt, long first, int count) {
        return LongStream.range(first, first + count)
                .mapToObj(seed -> new Asked(prompt, seed))
                .toList();
    }

    /**
     * As much of this as so many pictures allow, given up in this order: pictures of a question, pictures of the base, strengths
     * beside 1 (those farthest from it first), checkpoints (the earliest first).
     *
     * @return empty when not even the smallest plan is small enough
     */
    public Optional<ProofPlan> within(int mostPictures) {
        for (int checkpoints = steps.size(); checkpoints >= 1; checkpoints--) {
            List<Integer> last = steps.subList(steps.size() - checkpoints, steps.size());
            for (int others = strengths.size(); others >= 0; others--) {
                for (int base = baseSeeds; base >= Math.min(baseSeeds, LEAST_BASE_SEEDS); base--) {
                    for (int each = seeds; each >= Math.min(seeds, LEAST_SEEDS); each--) {
                        ProofPlan smaller = with(last, nearestToOne(others), each, base);
                        if (smaller.pictures() <= mostPictures) {
                            return Optional.of(smaller);
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private List<Double> nearestToOne(int count) {
        return strengths.stream()
                .sorted(Comparator.comparingDouble(strength -> Math.abs(strength - 1)))
                .limit(count)
                .toList();
    }

    private ProofPlan with(List<Integer> otherSteps, List<Double> otherStrengths, int each, int base) {
        return new ProofPlan(
                subjectPrompt,
                classPrompt,
                framings,
                otherSteps,
                otherStrengths,
                everyStrength,
                each,
                base,
                firstSeed,
                sizes);
    }

    /** Pictures in all, drawn with and without the LoRA. */
    public int pictures() {
        int trials = everyStrength ? steps.size() * (strengths.size() + 1) : steps.size() + strengths.size();
        int atSizes = sizes.size() * (ofSubject().size() + ofClass().size());
        return ofBase().size() + ofClass().size() + trials * ofTrial().size() + atSizes;
    }
}
