package athanor.diffusion.checkpoint;

import athanor.diffusion.BaseModelException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@link Weights} that lie in one or several safetensors files. */
public final class StoredWeights implements Weights {

    private final String part;
    private final Map<String, StoredTensor> tensors;

    /** @param part where they are stored, for errors */
    public StoredWeights(String part, Map<String, StoredTensor> tensors) {
        this.part = part;
        this.tensors = new LinkedHashMap<>(tensors);
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    @Override
    public long[] shape(String name) {
        return tensor(name).shape().clone();
    }

    @Override
    public void read(String name, FloatBuffer into) {
        StoredTensor tensor = tensor(name);
        long elements = Arrays.stream(tensor.shape()).reduce(1, Math::multiplyExact);
        if (into.remaining() != elements) {
            throw new BaseModelException("%s: found %d values of shape %s, wanted %d"
                    .formatted(tensor.origin(), elements, Arrays.toString(tensor.shape()), into.remaining()));
        }
        tensor.read(into);
    }

    @Override
    public String origin() {
        return part;
    }

    @Override
    public String origin(String name) {
        return tensor(name).origin();
    }

    private StoredTensor tensor(String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new BaseModelException("%s: found no tensor \"%s\" among %d, wanted one; the files are incomplete"
                    .formatted(part, name, tensors.size()));
        }
        return tensor;
    }
}
