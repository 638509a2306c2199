package athanor.contracts.rest;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.run.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A LoRA that a run has published.
 *
 * @param name of the run
 * @param lora the file in the store; {@code GET /runs/{id}/lora} hands it out
 * @param training what it was made with; absent when the event that told it has left its topic
 */
public record LoraView(
        RunId runId,
        String name,
        ObjectRef lora,
        Instant publishedAt,
        @Nullable Training training) {

    /**
     * @param trigger the word that calls the subject
     * @param classNoun what the subject is one of
     * @param trainedSizes the most trained first; pictures of these sizes are what it draws best
     * @param seconds of training
     */
    public record Training(
            String baseModel,
            String trigger,
            String classNoun,
            int rank,
            int steps,
            List<Size> trainedSizes,
            double finalInstanceLoss,
            double seconds) {}
}
