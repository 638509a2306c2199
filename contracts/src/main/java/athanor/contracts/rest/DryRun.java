package athanor.contracts.rest;

import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.recipe.Recipe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What opening a run would come to; nothing was opened.
 *
 * @param recipe as it would take effect, every value filled in; seeds that are left to chance are still -1
 * @param plan sizes and memory, where the pictures are those of another run; absent where they are not there yet
 */
public record DryRun(Recipe recipe, Work work, @Nullable TrainingPlan plan, Time time, Queue queue) {

    /** The same, with other words for the runs before it. */
    public DryRun behind(List<String> others) {
        Queue named = new Queue(queue.position(), others, queue.secondsUntilStart(), queue.workers());
        return new DryRun(recipe, work, plan, time, named);
    }

    /**
     * @param picturesSeen instance pictures that all steps together see
     * @param checkpoints that are saved
     * @param classPictures that the base draws first, unless other runs have drawn them
     * @param testPictures that are drawn of each checkpoint and of the result
     */
    public record Work(int steps, long picturesSeen, int checkpoints, int classPictures, int testPictures) {}

    /**
     * @param trainingSeconds absent where nothing like it was trained here
     * @param knownBy where the seconds come from, or why there are none
     */
    public record Time(@Nullable Double trainingSeconds, String knownBy) {}

    /**
     * @param position in the line; 1 is the next
     * @param behind runs that would be trained before it
     * @param secondsUntilStart absent where it is not known
     * @param workers that could train it now or later
     */
    public record Queue(
            int position, List<String> behind, @Nullable Double secondsUntilStart, List<String> workers) {

        public Queue {
            behind = List.copyOf(behind);
            workers = List.copyOf(workers);
        }
    }
}
