package athanor.contracts.recipe;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Set;

/**
 * How much a training shall be worth: a choice of steps, rank and alpha with a learning rate that fits them, by what the base is
 * and what the subject is. Anything may be said otherwise beside it.
 */
public enum Preset {
    /** To see whether the pictures carry at all. */
    QUICK(0.5, 8),
    /** What the defaults of a base are. */
    BALANCED(1, 16),
    /** Twice the steps at twice the rank, saved more often, so that the best of them can be chosen. */
    THOROUGH(2, 32);

    private static final Set<String> STYLES =
            Set.of("style", "painting", "drawing", "illustration", "artwork", "sketch", "comic");
    private static final Set<String> PEOPLE = Set.of(
            "person", "woman", "man", "girl", "boy", "child", "baby", "lady", "gentleman", "human", "face", "couple");

    /** Pixels; a base for larger pictures than that is an XL. */
    private static final int SMALL_SIDE = 768;

    /** Of what is learnt beside a person's face: a style is in every picture as a whole, a thing has fewer details. */
    private enum Kind {
        PERSON(1),
        THING(0.8),
        STYLE(1.5);

        private final double steps;

        Kind(double steps) {
            this.steps = steps;
        }

        static Kind of(Recipe.Subject subject) {
            SubjectKind said = subject.kind();
            if (said != null) {
                return said == SubjectKind.STYLE ? STYLE : said == SubjectKind.PERSON ? PERSON : THING;
            }
            String noun = subject.classNoun().strip().toLowerCase(Locale.ROOT);
            String last = noun.substring(noun.lastIndexOf(' ') + 1);
            return STYLES.contains(last) ? STYLE : PEOPLE.contains(last) ? PERSON : THING;
        }
    }

    private final double work;
    private final int rank;

    Preset(double work, int rank) {
        this.work = work;
        this.rank = rank;
    }

    /** @param nativeSide pixels of the square that the base was made for */
    public Recipe recipe(String baseModel, String classNoun, int nativeSide) {
        return recipe(baseModel, classNoun, "", "", nativeSide);
    }

    /**
     * The same for a subject of which more is said: what is learnt and what holds the class follow it too.
     *
     * @param kind of the subject, as somebody wrote it; what is none is told where the recipe is read
     * @param promptedBy the same
     */
    public Recipe recipe(String baseModel, String classNoun, String kind, String promptedBy, int nativeSide) {
        return of(RecipeDefaults.of(baseModel, classNoun, kind, promptedBy), nativeSide);
    }

    private Recipe of(Recipe usual, int nativeSide) {
        boolean tiny = usual.baseModel().equals(RecipeDefaults.TINY);
        Kind kind = Kind.of(usual.subject());
        int steps = (int) Math.round(usual.training().steps() * work * kind.steps / 10) * 10;
        Recipe chosen = usual.with("training.steps", String.valueOf(steps))
                .with("training.checkpointEverySteps", String.valueOf(Math.max(10, steps / (this == THOROUGH ? 8 : 4))))
                .with("training.warmupSteps", String.valueOf(steps / 20))
                .with("network.rank", String.valueOf(tiny ? rank / 2 : rank))
                .with("network.alpha", String.valueOf(tiny ? rank / 2 : rank));
        if (kind == Kind.STYLE) {
            // there is no class whose look could be kept: all of the picture is the style
            chosen = chosen.with("prior.mode", PriorMode.OFF.name()).with("plainFineTuning", "true");
        }
        if (nativeSide > SMALL_SIDE) {
            // half the rate: every adapted layer of an XL is wider, and there are four times as many
            chosen = withRate(chosen, usual.training().learningRate() / 2);
        }
        return fitted(chosen, usual.network());
    }

    private static Recipe withRate(Recipe recipe, double rate) {
        return recipe.with("training.learningRate", String.valueOf(rate));
    }

    /**
     * The same recipe with learning rates that fit its rank and alpha. A step of an optimiser that looks at signs moves a layer by
     * about {@code rate * alpha / rank * sqrt(rank)} (Kalajdzievski 2023), and this keeps the product.
     *
     * @param before the network that the recipe's rates are for
     */
    public static Recipe fitted(Recipe recipe, Recipe.Network before) {
        double factor = reach(before) / reach(recipe.network());
        Recipe.Training training = recipe.training();
        return recipe.with("training.learningRate", rounded(training.learningRate() * factor))
                .with("training.textEncoderLearningRate", rounded(training.textEncoderLearningRate() * factor));
    }

    private static double reach(Recipe.Network network) {
        return network.alpha() / Math.sqrt(network.rank());
    }

    /** Two digits say as much as anybody knows. */
    private static String rounded(double rate) {
        return new BigDecimal(rate).round(new MathContext(2)).toString();
    }
}
