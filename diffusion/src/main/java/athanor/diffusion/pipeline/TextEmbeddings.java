package athanor.diffusion.pipeline;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import athanor.diffusion.runtime.TextEmbedding;
import java.util.List;

/** Embeddings put together. */
final class TextEmbeddings {

    private TextEmbeddings() {}

    /** One below the other, (B, L, D): a batch. All of one length. */
    static TextEmbedding rows(List<TextEmbedding> rows) {
        NDList hidden = new NDList();
        NDList pooled = new NDList();
        for (TextEmbedding row : rows) {
            hidden.add(row.hidden());
            if (row.pooled() != null) {
                pooled.add(row.pooled());
            }
        }
        return new TextEmbedding(NDArrays.concat(hidden), pooled.isEmpty() ? null : NDArrays.concat(pooled));
    }

    /** One after the other, (1, k L, D): what the UNet attends to. The pooled one is the first's, as the common web UIs have it. */
    static TextEmbedding parts(List<TextEmbedding> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        NDList hidden = new NDList();
        parts.forEach(part -> hidden.add(part.hidden()));
        return new TextEmbedding(NDArrays.concat(hidden, 1), parts.get(0).pooled());
    }

    /** With so many empty parts behind it as it takes. */
    static TextEmbedding lengthened(TextEmbedding text, TextEmbedding empty, long length) {
        NDList hidden = new NDList(text.hidden());
        for (long now = text.length(); now < length; now += empty.length()) {
            hidden.add(empty.hidden());
        }
        return new TextEmbedding(NDArrays.concat(hidden, 1), text.pooled());
    }
}
