package athanor.preprocess;

import athanor.contracts.dataset.HeadPair;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.dataset.PreparedPicture;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.events.ClassPicturesRequested;
import athanor.contracts.events.DatasetAccepted;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A dataset of which everything but the class pictures is ready. It lies in the store while they are rendered, so that
 * a restart of the service loses nothing, and afterwards says what became of each picture.
 *
 * @param accepted what started it
 * @param fates of the accepted pictures; none in documents of older versions
 * @param prior what holds the class and is there already; none in documents of older versions
 * @param pairs heads with the whole pictures that they stand against; none in documents of older versions
 * @param request what was asked of sample-service; absent when the recipe needs no class pictures
 */
record PendingDataset(
        DatasetAccepted accepted,
        TrainingPlan plan,
        List<PreparedPicture> instances,
        List<PictureFate> fates,
        List<PreparedPicture> prior,
        List<HeadPair> pairs,
        @Nullable ClassPicturesRequested request) {

    PendingDataset {
        instances = List.copyOf(instances);
        fates = List.copyOf(Objects.requireNonNullElse(fates, List.of()));
        prior = List.copyOf(Objects.requireNonNullElse(prior, List.of()));
        pairs = List.copyOf(Objects.requireNonNullElse(pairs, List.of()));
    }
}
