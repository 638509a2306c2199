/**
 * The DreamBooth training of the diffusion library behind {@link athanor.train.training.TrainerFactory}: the recipe in the
 * library's words, the prepared pictures as its examples, and the metadata of the LoRA file. The training loop itself is
 * {@code athanor.diffusion.training}.
 */
@NullMarked
package athanor.train.dreambooth;

import org.jspecify.annotations.NullMarked;
