/**
 * From a prompt to a picture: {@link athanor.diffusion.pipeline.TextToImage} reads a
 * {@link athanor.diffusion.pipeline.RenderRequest}, has the prompts encoded, walks from noise to latents with a sampler of
 * {@code athanor.diffusion.sampler} and decodes them.
 *
 * <p>A picture depends on its prompt, its seed, the size and the settings, not on the pictures beside it: noise comes from the
 * picture's own generator.
 */
@NullMarked
package athanor.diffusion.pipeline;

import org.jspecify.annotations.NullMarked;
