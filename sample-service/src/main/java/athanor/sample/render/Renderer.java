package athanor.sample.render;

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
}
