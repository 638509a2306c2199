package athanor.diffusion.pipeline;

/** Follows a rendering; called on the thread that renders. */
@FunctionalInterface
public interface RenderProgress {

    /** For those who do not want to know. */
    RenderProgress NONE = (done, total) -> true;

    /**
     * After every step of the sampler.
     *
     * @param done steps of all batches so far
     * @param total steps of all batches
     * @return whether to go on; false ends the rendering with a {@link java.util.concurrent.CancellationException}
     */
    boolean stepped(int done, int total);
}
