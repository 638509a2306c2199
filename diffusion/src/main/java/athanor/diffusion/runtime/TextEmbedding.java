package athanor.diffusion.runtime;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * What prompts became.
 *
 * @param hidden what the UNet's cross-attention sees, (B, L, D)
 * @param pooled SDXL: (B, P); null otherwise
 */
public record TextEmbedding(NDArray hidden, @Nullable NDArray pooled) {}
