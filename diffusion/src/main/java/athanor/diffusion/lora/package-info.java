/**
 * LoRA files: reading every naming that is in use, writing the one that every program reads (kohya's). Layers are named
 * {@code unet/mid_block.attentions.0.proj_in}, {@code text_encoder/...} and {@code text_encoder_2/...} inside this library.
 */
@org.jspecify.annotations.NullMarked
package athanor.diffusion.lora;
