package athanor.diffusion.training.optimiser;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;

/** An optimiser at rest; empty before its first step. */
public record OptimiserState(Map<String, float[]> vectors, Map<String, Double> numbers) {

    public static final OptimiserState NEW = new OptimiserState(Map.of(), Map.of());

    public OptimiserState {
        vectors = new LinkedHashMap<>(vectors);
        numbers = new LinkedHashMap<>(numbers);
    }

    public static OptimiserState of(Optimiser optimiser) {
        Map<String, float[]> vectors = new LinkedHashMap<>();
        optimiser.vectors().forEach((name, vector) -> vectors.put(name, vector.toFloatArray()));
        return new OptimiserState(vectors, optimiser.numbers());
    }

    /** The same with another vector. */
    public OptimiserState with(String name, float[] vector) {
        Map<String, float[]> more = new LinkedHashMap<>(vectors);
        more.put(name, vector);
        return new OptimiserState(more, numbers);
    }

    /** What was saved under the name, else a copy of {@code otherwise}. */
    public NDArray vector(NDManager owner, String name, NDArray otherwise) {
        float[] saved = vectors.get(name);
        return owned(owner, saved == null ? otherwise.toFloatArray() : saved);
    }

    NDArray zeros(NDManager owner, String name, NDArray like) {
        float[] saved = vectors.get(name);
        return owned(owner, saved == null ? new float[(int) like.size()] : saved);
    }

    double number(String name, double otherwise) {
        return numbers.getOrDefault(name, otherwise);
    }

    /** In libtorch's own memory, as {@link athanor.diffusion.training.FlatParameters} says why. */
    private static NDArray owned(NDManager owner, float[] numbers) {
        try (NDArray inJavaMemory = owner.create(numbers)) {
            return inJavaMemory.duplicate();
        }
    }
}
