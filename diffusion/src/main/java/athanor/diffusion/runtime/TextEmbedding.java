package athanor.diffusion.runtime;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * What prompts became.
 *
 * @param hidden what the UNet's cross-attention sees, (B, L, D)
 * @param pooled SDXL: (B, P); null otherwise
 */
public record TextEmbedding(NDArray hidden, @Nullable NDArray pooled) {

    /** L, tokens of each prompt. */
    public long length() {
        return hidden.getShape().get(1);
    }
}
