package athanor.sample.render;

/** Draws pictures. */
public interface Renderer {

    /**
     * Waits its turn, then draws.
     *
     * @throws CannotRenderException when trying again would not help
     */
    RenderedPictures render(RenderWish wish);

    /**
     * Name and version of a base in one word, for keys of pictures that are shared between runs.
     *
     * @throws CannotRenderException when there is no such base
     */
    String identity(String baseModel);
}
