package athanor.diffusion.training;

import java.util.List;

/**
 * Errors of pictures that are compared from one moment of a training to the next: the same noise at the same timesteps every
 * time, so that what differs is what was learnt.
 *
 * @param heldOut of pictures of the subject that are not trained on, by picture and timestep; empty where none are held out
 * @param classPictures likewise of some class pictures
 */
public record ValidationLoss(List<PictureLoss> heldOut, List<PictureLoss> classPictures) {

    public ValidationLoss {
        heldOut = List.copyOf(heldOut);
        classPictures = List.copyOf(classPictures);
    }
}
