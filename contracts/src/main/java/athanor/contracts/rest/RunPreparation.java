package athanor.contracts.rest;

import athanor.contracts.Check;
import athanor.contracts.dataset.HeadPair;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.run.RunId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the pictures of a run were prepared; never changes.
 *
 * @param baseModel that the recipe names
 * @param digest SHA-256 of recipe and pictures with all that was made of them: the same pictures and recipe give the same
 * @param pictures those that are trained on first
 * @param pairs heads with the whole pictures that they stand against
 */
public record RunPreparation(
        RunId runId,
        String baseModel,
        String digest,
        TrainingPlan plan,
        List<Prepared> pictures,
        List<HeadPair> pairs) {

    public RunPreparation {
        Check.present(runId, "runId");
        Check.text(baseModel, "baseModel");
        Check.text(digest, "digest");
        Check.present(plan, "plan");
        pictures = List.copyOf(Check.present(pictures, "pictures"));
        pairs = List.copyOf(Objects.requireNonNullElse(pairs, List.of()));
    }

    /** What became of a picture, by its name. */
    public Optional<PictureFate> fate(String fileName) {
        return pictures.stream()
                .map(Prepared::fate)
                .filter(fate -> fate.place().fileName().equals(fileName))
                .findFirst();
    }

    /**
     * @param preview path of a PNG at this service: the picture with what is trained of it, faces and head
     */
    public record Prepared(PictureFate fate, String preview) {}
}
