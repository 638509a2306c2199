package athanor.preprocess.plan;

import athanor.contracts.recipe.Instances;
import athanor.contracts.recipe.PriorMode;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.ChoiceView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What instances and prior of a recipe are known to give and to cost: the counts of docs/quality.md, on the drawn world. */
public final class InstanceChoice {

    private static final String NOT_MEASURED = "not measured";

    private InstanceChoice() {}

    /** One sentence. */
    public static String sentence(Recipe recipe) {
        Instances instances = recipe.instanceKind();
        PriorMode prior = recipe.prior().mode();
        boolean masked = Boolean.TRUE.equals(recipe.prior().headMasked());
        return "instances=%s with prior.mode=%s: %s"
                .formatted(
                        word(instances), prior + (masked ? " and the head masked" : ""), of(instances, prior, masked));
    }

    /** All that were measured. */
    public static List<ChoiceView> measured() {
        List<ChoiceView> choices = new ArrayList<>();
        for (Instances instances : Instances.values()) {
            for (PriorMode prior : PriorMode.values()) {
                String sentence = of(instances, prior, false);
                if (!sentence.equals(NOT_MEASURED)) {
                    choices.add(new ChoiceView(word(instances), prior, false, sentence));
                }
            }
        }
        choices.add(new ChoiceView(word(Instances.HEADS), PriorMode.WHOLE_PICTURES, true, headsAgainstMasked()));
        return choices;
    }

    private static String word(Instances instances) {
        return instances.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String of(Instances instances, PriorMode prior, boolean masked) {
        return switch (instances) {
            case WHOLES -> wholes(prior);
            case HEADS -> masked ? headsAgainstMasked() : heads(prior);
            case HEADS_AND_WHOLES -> both(prior);
        };
    }

    private static String wholes(PriorMode prior) {
        return switch (prior) {
            case CLASS_PICTURES ->
                "the trigger shows the subject in 44/48 measured pictures, the class word in 0/48; it costs the class pictures, where they"
                        + " are rendered";
            case BASE_PREDICTION ->
                "the trigger shows the subject in 45/48 measured pictures, the class word in 1/48; it costs one more pass through the"
                        + " base a step, and no class pictures";
            case OFF ->
                "the trigger shows the subject in 47/48 measured pictures, and so does the class word in 45/48: the class is given up";
            case WHOLE_PICTURES, TRANSPLANT -> NOT_MEASURED;
        };
    }

    private static String heads(PriorMode prior) {
        return switch (prior) {
            case CLASS_PICTURES ->
                "asked for a full body the trigger gives a right figure in 0/48 measured pictures: heads alone are drawn as large heads; the"
                        + " class word shows the subject in 1/48";
            case WHOLE_PICTURES ->
                "asked for a full body the class word gives a right figure of the subject in 45/48 measured pictures, the trigger in 40/48;"
                        + " the price: the class word alone shows the subject in 46/48";
            case TRANSPLANT ->
                "asked for a full body the class word gives a right figure of the subject in 40/48 measured pictures, the trigger in 12/48;"
                        + " the price: the class word alone shows the subject in 42/48, on bodies of others";
            case OFF ->
                "asked for a full body the trigger gives a right figure in 1/48 measured pictures, and the class word alone shows the"
                        + " subject in 44/48: heads, and no class";
            case BASE_PREDICTION -> NOT_MEASURED;
        };
    }

    private static String headsAgainstMasked() {
        return "asked for a full body the class word gives a right figure of the subject in 13/48 measured pictures, the trigger in 10/48; the"
                + " class word alone shows the subject in 18/48";
    }

    private static String both(PriorMode prior) {
        return prior == PriorMode.CLASS_PICTURES
                ? "asked for a full body the trigger gives a right figure of the subject in 20/48 measured pictures, and the class word alone"
                        + " shows the subject in 0/48; it costs twice the pictures, each of them shown half as often"
                : NOT_MEASURED;
    }
}
