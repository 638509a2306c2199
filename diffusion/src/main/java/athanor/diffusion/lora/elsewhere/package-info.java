/**
 * How other programs find the layers of a LoRA file: the key maps of kohya's trainer, diffusers, ComfyUI and AUTOMATIC1111's web
 * UI, written down from what those programs do and apart from {@link athanor.diffusion.lora.LoraKeys}, so that a mistake there
 * is not repeated here. {@link athanor.diffusion.lora.elsewhere.LoraCheck} replays a file's keys through them.
 */
@org.jspecify.annotations.NullMarked
package athanor.diffusion.lora.elsewhere;
