/**
 * The way from noise to picture: which noise levels are visited ({@link athanor.diffusion.sampler.SamplingPlan}), how one
 * level leads to the next (the {@link athanor.diffusion.sampler.Sampler}s, each a pure function) and the loop around both
 * ({@link athanor.diffusion.sampler.Sampling}). What the network is and who prompts it is none of this package's business:
 * it sees a {@link athanor.diffusion.sampler.Denoiser}.
 *
 * <p>Every sampler gives, number for number, what the diffusers class of its kind gives when made from the same
 * {@code scheduler_config.json}. In the shapes B is pictures, C latent channels, h and w the latent's height and width.
 */
@NullMarked
package athanor.diffusion.sampler;

import org.jspecify.annotations.NullMarked;
