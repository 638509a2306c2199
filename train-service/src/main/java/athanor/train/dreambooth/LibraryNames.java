package athanor.train.dreambooth;

import athanor.diffusion.training.LearningRateSchedule;
import athanor.diffusion.training.PriorMode;
import athanor.diffusion.training.Targets;

/** What a recipe names, by the names that the library has for it. */
final class LibraryNames {

    private LibraryNames() {}

    static PriorMode of(athanor.contracts.recipe.PriorMode wished) {
        return switch (wished) {
            case CLASS_PICTURES -> PriorMode.CLASS_PICTURES;
            case BASE_PREDICTION -> PriorMode.BASE_PREDICTION;
            case OFF -> PriorMode.OFF;
        };
    }

    static Targets of(athanor.contracts.recipe.Targets wished) {
        return switch (wished) {
            case ATTENTION -> Targets.ATTENTION;
            case ATTENTION_AND_FEED_FORWARD -> Targets.ATTENTION_AND_FEED_FORWARD;
            case WITH_CONVOLUTIONS -> Targets.WITH_CONVOLUTIONS;
        };
    }

    static LearningRateSchedule of(athanor.contracts.recipe.LearningRateSchedule wished) {
        return switch (wished) {
            case CONSTANT -> LearningRateSchedule.CONSTANT;
            case COSINE -> LearningRateSchedule.COSINE;
        };
    }
}
