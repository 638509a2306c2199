package athanor.sample.render;

import athanor.diffusion.model.ModelFamily;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Draws pictures. */
public interface Renderer {

    /**
     * Waits its turn, then draws.
     *
     * @param cancelled asked between two steps of the sampler
     * @throws CancellationException when it was cancelled meanwhile
     * @throws CannotRenderException when trying again would not help
     */
    RenderedPictures render(RenderWish wish, BooleanSupplier cancelled);

    /**
     * Waits its turn, then looks at pictures as the base alone sees them.
     *
     * @param pictures of sides that the base can draw
     * @param prompt what it is told to see
     * @return for each picture as many numbers as for any other
     * @throws CancellationException when it was cancelled before its turn came
     * @throws CannotRenderException when trying again would not help
     */
    List<float[]> look(String baseModel, List<BufferedImage> pictures, String prompt, BooleanSupplier cancelled);

    /**
     * Waits its turn, then sends a picture through the autoencoder of a base.
     *
     * @return the picture as it comes back, of the same size
     * @throws CannotRenderException when trying again would not help
     */
    BufferedImage throughAutoencoder(String baseModel, BufferedImage picture);

    /**
     * Name and version of a base in one word, for keys of pictures that are shared between runs.
     *
     * @throws CannotRenderException when there is no such base
     */
    String identity(String baseModel);

    /**
     * Side in pixels of the square pictures that a base was made for.
     *
     * @throws CannotRenderException when there is no such base
     */
    int nativeSide(String baseModel);

    /**
     * The kind of a base, whose LoRAs fit no other.
     *
     * @throws CannotRenderException when there is no such base
     */
    ModelFamily family(String baseModel);
}
