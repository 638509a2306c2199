package athanor.sample.render;

/** Is told how far a drawing is; called on the thread that draws, so it does not wait for anything. */
@FunctionalInterface
public interface DrawingWatch {

    /**
     * After every step of the sampler.
     *
     * @param done steps of all pictures of the wish so far
     * @param total steps of all of them
     */
    void stepped(int done, int total);
}
