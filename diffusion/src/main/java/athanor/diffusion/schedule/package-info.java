/**
 * How noise was mixed into pictures when a base model was trained: the betas, what follows from them, and what
 * {@code scheduler_config.json} says about both. Training needs only this package; the way back from noise to picture is
 * {@code athanor.diffusion.sampler}.
 *
 * <p>Everywhere {@code x_t = alpha * x_0 + sigma * noise} with {@code alpha^2 + sigma^2 = 1}, and
 * {@code alpha^2 = alphaCumprod(t)}, the product of {@code 1 - beta} up to and with timestep t.
 */
@NullMarked
package athanor.diffusion.schedule;

import org.jspecify.annotations.NullMarked;
