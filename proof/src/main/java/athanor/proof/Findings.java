package athanor.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was measured, in sentences: how to use the LoRA and why, what it can do and what it cannot. */
public final class Findings {

    /** How a recommendation begins; where nothing is of use there is none. */
    public static final String USE = "Use the ";

    /** Identity below this is hardly a likeness. */
    private static final double SELDOM = 0.5;

    /** Below this nobody would use it. */
    private static final double NEVER = 0.3;

    /** Identity that the class has picked up beyond the floor, from which on it is worth a word. */
    private static final double NOTICEABLE = 0.15;

    private final Proof proof;
    private final ProvedTrial best;
    private final ProvedTrial trained;

    private Findings(Proof proof) {
        this.proof = proof;
        this.best = proof.recommended();
        this.trained = proof.asTrained();
    }

    /** How to use the LoRA, with the reasons, in one sentence. */
    public static String recommendation(Proof proof) {
        return new Findings(proof).recommendation();
    }

    /** What it can do and what it cannot, a sentence each. */
    public static List<String> of(Proof proof) {
        return new Findings(proof).all();
    }

    /** The largest of the sizes that were tried up to which nothing was lost, in times the trained one. */
    public static double holdsTo(Proof proof) {
        Findings findings = new Findings(proof);
        double holds = 1;
        for (AtSize size : proof.envelope()) {
            if (findings.lost(size).isPresent()) {
                break;
            }
            holds = size.times();
        }
        return holds;
    }

    private String recommendation() {
        if (best.identity().value() < NEVER && proof.separation() >= Proof.TELLING) {
            return "Nothing that was tried is of use yet; the best, %s, has %s: train longer or with more pictures."
                    .formatted(best.trial().words(), numbers(best));
        }
        String use = best.trial().equals(trained.trial())
                ? "Use the finished LoRA (step %d) at strength 1"
                        .formatted(best.trial().step())
                : best.trial().step() == trained.trial().step()
                        ? "Use the finished LoRA (step %d) at strength %s"
                                .formatted(best.trial().step(), best.trial().strengthWords())
                        : "Use the checkpoint of %s".formatted(best.trial().words());
        return "%s: %s; %s.".formatted(use, numbers(best), compared());
    }

    private String compared() {
        return best.trial().equals(trained.trial())
                ? "nothing else that was tried is clearly better"
                : "the finished one at strength 1 has %s".formatted(numbers(trained));
    }

    private String numbers(ProvedTrial tried) {
        String subject = "%s of the subject under its trigger%s"
                .formatted(
                        percent(tried.identity()),
                        tried.copies().value() > 0
                                ? " (%s a training picture again)".formatted(percent(tried.copies()))
                                : "");
        return proof.plan().classIsApart()
                ? "%s and %s in \"%s\""
                        .formatted(subject, percent(tried.leak()), proof.plan().classPrompt())
                : subject;
    }

    private List<String> all() {
        List<String> sentences = new ArrayList<>();
        if (proof.separation() < Proof.TELLING) {
            sentences.add(say(
                    "What the base sees hardly tells the subject from others (AUC %.2f of held-out pictures): look for yourself whether it is there.",
                    proof.separation()));
        } else if (best.identity().value() >= NEVER && best.identity().value() < SELDOM) {
            sentences.add(say(
                    "The subject is not quite there, %s of it: train longer, or show more pictures.",
                    best.identity().words()));
        }
        if (proof.plan().classIsApart()) {
            sentences.add(ofClass());
        }
        if (best.copies().value() > 0) {
            sentences.add(say(
                    "%s of the pictures are a training picture again: train for fewer steps or show more pictures.",
                    best.copies().words()));
        }
        sentences.addAll(ofPeople());
        sentences.addAll(ofSizes());
        return sentences;
    }

    private List<String> ofPeople() {
        if (!proof.sightsKnown()) {
            return List.of(
                    "Not known: whether framings come that are asked for, and whether figures double. Nobody was found in the"
                            + " instance pictures, so nobody was looked for in these.");
        }
        List<String> sentences = new ArrayList<>();
        for (Framed framed : best.framings()) {
            sentences.add(say(
                    framed.delivered().value() >= SELDOM
                            ? "Asked for \"%s\" it draws that in %s."
                            : "It cannot be relied on for \"%s\": that came in %s.",
                    framed.words(),
                    framed.delivered().words()));
        }
        best.broken()
                .filter(broken -> broken.value() > 0)
                .ifPresent(broken -> sentences.add(
                        say("Several figures, or one in parts, are in %s of the pictures.", broken.words())));
        return sentences;
    }

    /** Up to where it holds, and what goes first beyond. */
    private List<String> ofSizes() {
        if (proof.envelope().isEmpty()) {
            return List.of();
        }
        double holds = holdsTo(proof);
        Optional<AtSize> beyond =
                proof.envelope().stream().filter(size -> size.times() > holds).findFirst();
        if (beyond.isPresent()) {
            return List.of(say(
                    "It holds up to %s times the trained size; at %s times %s.",
                    plain(holds),
                    plain(beyond.get().times()),
                    lost(beyond.get()).orElse("it does not")));
        }
        return List.of(say("It holds at %s times the trained size, the largest that was tried.", plain(holds)));
    }

    /** Only what the intervals tell from the trained size. */
    private Optional<String> lost(AtSize size) {
        if (size.identity().high() < best.identity().low()) {
            return Optional.of(
                    say("the subject goes, %s of it are left", size.identity().words()));
        }
        double before = best.broken().map(Estimate::high).orElse(1.0);
        return size.broken()
                .filter(broken -> broken.low() > before)
                .map(broken -> say("figures double or break in %s", broken.words()));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    private String ofClass() {
        double leak = best.leak().value() - proof.identityFloor().value();
        return leak > NOTICEABLE
                ? say(
                        "\"%s\" takes after the subject: %s of it, %s without the LoRA; more class pictures or a lower strength keep it.",
                        proof.plan().classPrompt(), percent(best.leak()), percent(proof.identityFloor()))
                : say(
                        "\"%s\" stays what it was: %s of the subject, %s without the LoRA.",
                        proof.plan().classPrompt(), percent(best.leak()), percent(proof.identityFloor()));
    }

    private static String percent(Estimate estimate) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * estimate.value());
    }

    private static String say(String sentence, Object... values) {
        return String.format(Locale.ROOT, sentence, values);
    }
}
