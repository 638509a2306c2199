package athanor.train.dreambooth;

import athanor.contracts.recipe.Optimizer;
import athanor.diffusion.training.LearningRateSchedule;
import athanor.diffusion.training.OptimiserKind;
import athanor.diffusion.training.PriorMode;
import athanor.diffusion.training.Targets;
import org.jspecify.annotations.Nullable;

/** What a recipe names, by the names that the library has for it. */
final class LibraryNames {

    private LibraryNames() {}

    static PriorMode of(athanor.contracts.recipe.PriorMode wished) {
        return switch (wished) {
            // To the mathematics they are all pictures of the class; which stands beside which is told by the pictures.
            case CLASS_PICTURES, WHOLE_PICTURES, TRANSPLANT -> PriorMode.CLASS_PICTURES;
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

    static OptimiserKind of(@Nullable Optimizer wished) {
        if (wished == null) {
            return OptimiserKind.ADAMW;
        }
        return switch (wished) {
            case ADAMW -> OptimiserKind.ADAMW;
            case PRODIGY -> OptimiserKind.PRODIGY;
            case PRODIGY_SCHEDULE_FREE -> OptimiserKind.PRODIGY_SCHEDULE_FREE;
        };
    }

    static LearningRateSchedule of(athanor.contracts.recipe.LearningRateSchedule wished) {
        return switch (wished) {
            case CONSTANT -> LearningRateSchedule.CONSTANT;
            case COSINE -> LearningRateSchedule.COSINE;
        };
    }
}
