package athanor.guards;

import athanor.contracts.Size;
import athanor.contracts.guard.GuardRule;
import athanor.contracts.picture.Framing;
import athanor.guards.Objection.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the framing that a prompt asks for with those the LoRA was shown. A LoRA can draw only those: 29 half-body
 * pictures and one blurred full-body picture do not give full bodies.
 */
final class FramingGuard {

    /** Height to width; so tall a picture invites a whole figure, whatever the words say. */
    private static final double TALL = 1.9;

    private FramingGuard() {}

    static List<Objection> against(Wish wish, int lora) {
        String prompt = wish.prompt();
        ShownFramings shown = new ShownFramings(wish.loras().get(lora).facts().framings());
        if (shown.isUnknown()) {
            return List.of();
        }
        Map<Framing, FramingWords.Asking> asked = prompt == null ? Map.of() : FramingWords.asking(prompt);
        List<Objection> objections = new ArrayList<>();
        asked.forEach((framing, asking) -> {
            if (!shown.supports(framing)) {
                objections.add(unshown(framing, asking, shown));
            }
        });
        if (objections.isEmpty() && asked.isEmpty()) {
            addWhereNothingIsSaid(wish, shown, objections);
        }
        return objections;
    }

    private static Objection unshown(Framing framing, FramingWords.Asking asking, ShownFramings shown) {
        return new Objection(
                GuardRule.FRAMING,
                "the prompt asks for %s ('%s')".formatted(framing.words(), asking.word()),
                shown.words(),
                "%s showed that, so a broken figure is to be expected".formatted(shown.howMany(framing)),
                shown.bestWord()
                        .map(word -> "'%s' in the place of '%s'".formatted(word, asking.word()))
                        .orElse("the prompt without '%s'".formatted(asking.word())),
                asking.isCertain() ? Weight.SURE : Weight.PERHAPS,
                asking.isCertain()
                        ? wish -> wish.withPrompt(reworded(String.valueOf(wish.prompt()), framing, shown))
                        : null);
    }

    /** Every certain word for the framing goes; the first that names it is replaced by the framing that is known best. */
    private static String reworded(String prompt, Framing unshown, ShownFramings shown) {
        String word = shown.bestWord().orElse("");
        Set<Framing> already = FramingWords.askedFor(prompt).keySet();
        boolean said = shown.best().map(already::contains).orElse(true);
        return FramingWords.reworded(prompt, unshown, said ? "" : word);
    }

    /** The words say nothing, but the shape of the picture may; and what was shown most is best asked for by name. */
    private static void addWhereNothingIsSaid(Wish wish, ShownFramings shown, List<Objection> objections) {
        String word = shown.bestWord().orElse("");
        if (wish.prompt() == null || word.isEmpty()) {
            return;
        }
        Size size = wish.size();
        boolean wholeFigure = shown.supports(Framing.FULL) || shown.supports(Framing.WIDE);
        boolean tall = size != null && size.height() >= TALL * size.width() && !wholeFigure;
        objections.add(new Objection(
                GuardRule.FRAMING,
                tall
                        ? "a picture of %s is so tall that it asks for a full body".formatted(size)
                        : "a prompt without a framing",
                shown.words(),
                tall
                        ? "%s showed that, so a broken figure is to be expected".formatted(shown.howMany(Framing.FULL))
                        : "the LoRA was shown %s".formatted(shown.words()),
                "'%s' in the prompt".formatted(word),
                tall ? Weight.PERHAPS : Weight.HINT,
                changed -> changed.withPrompt(changed.prompt() + ", " + word)));
    }
}
