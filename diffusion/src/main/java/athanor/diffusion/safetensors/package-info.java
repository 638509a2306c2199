/**
 * Reading and writing safetensors, the only weight format of this library: it can be checked without running anything.
 * What the tensors mean is not known here; see {@code athanor.diffusion.model} and {@code athanor.diffusion.lora}.
 */
@org.jspecify.annotations.NullMarked
package athanor.diffusion.safetensors;
