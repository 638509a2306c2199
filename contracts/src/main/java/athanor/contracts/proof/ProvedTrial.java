package athanor.contracts.proof;

import athanor.contracts.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one way to use a LoRA came to.
 *
 * @param step of the training whose checkpoint it is
 * @param strength how much it counted; 1 is as trained
 * @param identity how far pictures with the trigger show the subject
 * @param leak how far pictures of the class alone show it
 * @param classShift how far the class moved from what the base draws; 1 is what two sets of its own pictures differ by
 * @param framings those that were asked for and can be judged
 * @param copies pictures with the trigger that are a training picture again
 * @param broken pictures with the trigger that show more than one figure, or one in parts; absent where that is not known
 * @param score what the trials are compared by, -1 to 1
 */
public record ProvedTrial(
        int step,
        double strength,
        Estimate identity,
        Estimate leak,
        double classShift,
        List<ProvedFraming> framings,
        Estimate copies,
        @Nullable Estimate broken,
        double score) {

    public ProvedTrial {
        Check.atLeast(0, step, "step");
        Check.present(identity, "identity");
        Check.present(leak, "leak");
        framings = List.copyOf(Check.present(framings, "framings"));
        Check.present(copies, "copies");
    }
}
