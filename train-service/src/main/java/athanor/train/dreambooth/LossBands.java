package athanor.train.dreambooth;

import athanor.contracts.rest.TrainedStep;
import athanor.contracts.rest.TrainedStep.Band;
import athanor.diffusion.training.PictureLoss;
import athanor.diffusion.training.ValidationLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Losses by the part of the schedule that pictures were noised to: a clean picture and a noisy one have nothing to compare. */
record LossBands(int timesteps) {

    /** Without the parts that no picture was noised to. */
    List<Band> of(List<PictureLoss> pictures) {
        List<Band> bands = new ArrayList<>();
        for (int band = 0; band < TrainedStep.BANDS; band++) {
            int number = band;
            List<PictureLoss> inside = pictures.stream()
                    .filter(picture -> picture.timestep() * TrainedStep.BANDS / timesteps == number)
                    .toList();
            if (!inside.isEmpty()) {
                bands.add(new Band(
                        band, mean(inside, picture -> !picture.isClass()), mean(inside, PictureLoss::isClass)));
            }
        }
        return List.copyOf(bands);
    }

    TrainedStep.@Nullable Validation of(ValidationLoss loss) {
        List<PictureLoss> all = Stream.concat(loss.heldOut().stream(), loss.classPictures().stream())
                .toList();
        return all.isEmpty()
                ? null
                : new TrainedStep.Validation(
                        mean(all, picture -> !picture.isClass()), mean(all, PictureLoss::isClass), of(all));
    }

    private static @Nullable Double mean(List<PictureLoss> pictures, Predicate<PictureLoss> which) {
        OptionalDouble mean =
                pictures.stream().filter(which).mapToDouble(PictureLoss::error).average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }
}
