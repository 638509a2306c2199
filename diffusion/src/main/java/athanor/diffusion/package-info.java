/**
 * Stable Diffusion with LoRA on DJL PyTorch: the networks, the noise schedule, the samplers, the DreamBooth training step and
 * the file formats. Knows no Kafka, no HTTP, no S3.
 *
 * <p>Letters of shapes, used in every comment of this module:
 *
 * <pre>
 *   B  pictures in a batch          H, W  picture height and width, pixels
 *   C  channels                     h, w  latent height and width
 *   N  tokens or pixels in a row    L     length of a prompt in tokens
 *   D  width of a text embedding    r     rank of a LoRA
 * </pre>
 */
@NullMarked
package athanor.diffusion;

import org.jspecify.annotations.NullMarked;
