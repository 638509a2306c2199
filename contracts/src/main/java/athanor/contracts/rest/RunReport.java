package athanor.contracts.rest;

import athanor.contracts.Size;
import athanor.contracts.dataset.HeadPair;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.dataset.RejectedPicture;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run was and how it went.
 *
 * @param plan absent until the dataset is prepared
 * @param pictures what became of each accepted one; empty until the dataset is prepared
 * @param training absent until the LoRA is there
 * @param effective what took effect in the last attempt; absent before its first step, and of older runs
 * @param pairs heads with the whole pictures that they stand against
 */
public record RunReport(
        RunId runId,
        String name,
        RunState state,
        int acceptedPictures,
        List<RejectedPicture> rejectedPictures,
        @Nullable TrainingPlan plan,
        List<PictureFate> pictures,
        List<Stage> stages,
        @Nullable Training training,
        List<String> verdicts,
        @Nullable EffectiveSettings effective,
        List<HeadPair> pairs) {

    public RunReport {
        // Reports of older services have none.
        pictures = List.copyOf(Objects.requireNonNullElse(pictures, List.of()));
        pairs = List.copyOf(Objects.requireNonNullElse(pairs, List.of()));
    }

    /** @param seconds from entering this state to entering the next; the last state has none */
    public record Stage(String state, @Nullable Double seconds) {}

    public record Training(
            int steps,
            int attempt,
            double seconds,
            double finalInstanceLoss,
            double finalPriorLoss,
            List<Size> trainedSizes) {}
}
