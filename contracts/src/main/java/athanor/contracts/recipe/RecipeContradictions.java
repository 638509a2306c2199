package athanor.contracts.recipe;

import java.util.Optional;

/**
 * Values of a recipe that are allowed one by one and make no sense together. They are looked at when a run begins and not when
 * a recipe is read: values are changed one after the other, and what older versions wrote stays readable.
 */
final class RecipeContradictions {

    private RecipeContradictions() {}

    /** The first, as a sentence with what to do. */
    static Optional<String> in(Recipe recipe) {
        return plainFineTuning(recipe)
                .or(() -> heads(recipe))
                .or(() -> partner(recipe))
                .or(() -> mask(recipe))
                .or(() -> leftovers(recipe));
    }

    private static Optional<String> plainFineTuning(Recipe recipe) {
        boolean off = recipe.prior().mode() == PriorMode.OFF;
        if (!off || !recipe.network().textEncoder() || Boolean.TRUE.equals(recipe.plainFineTuning())) {
            return Optional.empty();
        }
        return Optional.of(
                ("prior.mode is OFF and network.textEncoder is true: this is plain fine-tuning, and every %s would come out as the"
                                + " subject; set plainFineTuning=true where that is wanted, network.textEncoder=false or another"
                                + " prior.mode where it is not")
                        .formatted(recipe.subject().classNoun()));
    }

    private static Optional<String> heads(Recipe recipe) {
        SubjectKind kind = recipe.subject().kind();
        boolean faceless = kind != null && kind != SubjectKind.PERSON;
        return faceless && recipe.instanceKind() != Instances.WHOLES
                ? Optional.of("instances=%s wants heads and subject.kind is %s; set instances=wholes"
                        .formatted(recipe.instanceKind(), kind))
                : Optional.empty();
    }

    private static Optional<String> partner(Recipe recipe) {
        PriorMode mode = recipe.prior().mode();
        if (mode.pairsHeads() && recipe.instanceKind() != Instances.HEADS) {
            return Optional.of(
                    "prior.mode %s sets each head against a whole picture and instances is %s; set instances=heads, or prior.mode=CLASS_PICTURES"
                            .formatted(mode, recipe.instanceKind()));
        }
        return mode == PriorMode.TRANSPLANT
                        && !Boolean.TRUE.equals(recipe.prior().consent())
                ? Optional.of(
                        "prior.mode TRANSPLANT puts the subject's head on other people's bodies; set prior.consent=true if the"
                                + " subject and these people have agreed, or choose another prior.mode")
                : Optional.empty();
    }

    private static Optional<String> mask(Recipe recipe) {
        LossMask mask = recipe.mask();
        return mask != null && mask != LossMask.NONE && recipe.instanceKind() == Instances.HEADS
                ? Optional.of(
                        "mask=%s is for whole pictures and instances is HEADS; set mask=none, or another instances"
                                .formatted(mask))
                : Optional.empty();
    }

    private static Optional<String> leftovers(Recipe recipe) {
        Recipe.Prior prior = recipe.prior();
        if (Boolean.TRUE.equals(prior.headMasked()) && prior.mode() != PriorMode.WHOLE_PICTURES) {
            return Optional.of(
                    "prior.headMasked takes the head out of whole pictures and prior.mode is %s; set prior.mode=WHOLE_PICTURES, or leave it out"
                            .formatted(prior.mode()));
        }
        return Boolean.TRUE.equals(prior.blankPrompt()) && prior.mode() != PriorMode.BASE_PREDICTION
                ? Optional.of(
                        "prior.blankPrompt is for the base's own prediction and prior.mode is %s; set prior.mode=BASE_PREDICTION, or leave it out"
                                .formatted(prior.mode()))
                : Optional.empty();
    }
}
