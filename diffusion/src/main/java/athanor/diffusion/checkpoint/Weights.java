package athanor.diffusion.checkpoint;

import athanor.diffusion.BaseModelException;
import java.nio.FloatBuffer;
import java.util.Set;

/** The weights of one network under diffusers' names, read from disk when asked for. Safe for several threads. */
public interface Weights {

    Set<String> names();

    /** Outermost dimension first. */
    long[] shape(String name);

    /**
     * Reads a tensor, widened to float.
     *
     * @param into has room for just this tensor
     * @throws BaseModelException naming file and tensor when it is not there or cannot be read
     */
    void read(String name, FloatBuffer into);

    /** Where all of them are stored, for errors: the part's folder, or the file and the part. */
    String origin();

    /** Where it is stored, for errors: the file and the name it has there. */
    String origin(String name);
}
