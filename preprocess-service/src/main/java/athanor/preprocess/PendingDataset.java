package athanor.preprocess;

import athanor.contracts.dataset.PreparedPicture;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.events.ClassPicturesRequested;
import athanor.contracts.events.DatasetAccepted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dataset of which everything but the class pictures is ready. It lies in the store while they are rendered, so that
 * a restart of the service loses nothing.
 *
 * @param accepted what started it
 * @param request what was asked of sample-service; absent when the recipe needs no class pictures
 */
record PendingDataset(
        DatasetAccepted accepted,
        TrainingPlan plan,
        List<PreparedPicture> instances,
        @Nullable ClassPicturesRequested request) {}
