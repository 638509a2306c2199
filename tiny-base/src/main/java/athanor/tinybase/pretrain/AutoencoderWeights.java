package athanor.tinybase.pretrain;

import athanor.diffusion.checkpoint.Weights;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/** Weights in memory, as a network that is being made reads them. */
record AutoencoderWeights(Map<String, NamedTensor> tensors) implements Weights {

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public long[] shape(String name) {
        return tensor(name).longShape();
    }

    @Override
    public void read(String name, FloatBuffer into) {
        into.put(tensor(name).values());
    }

    @Override
    public String origin() {
        return "the autoencoder being trained";
    }

    @Override
    public String origin(String name) {
        return origin() + ", " + name;
    }

    private NamedTensor tensor(String name) {
        NamedTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("there is no weight " + name);
        }
        return tensor;
    }
}
