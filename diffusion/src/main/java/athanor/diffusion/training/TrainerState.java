package athanor.diffusion.training;

import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.diffusion.safetensors.SafetensorsFile;
import athanor.diffusion.safetensors.SafetensorsWriter;
import athanor.diffusion.training.optimiser.OptimiserState;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A training at rest: flat float32 vectors of equal length and the number of steps done.
 *
 * @param values LoRA factors in the program's order
 * @param optimiser what an optimiser besides AdamW keeps; empty in checkpoints of older versions
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TrainerState(
        int step, float[] values, float[] firstMoment, float[] secondMoment, OptimiserState optimiser) {

    private static final String VECTOR = "optimiser.";
    private static final String NUMBER = "number.";

    public TrainerState(int step, float[] values, float[] firstMoment, float[] secondMoment) {
        this(step, values, firstMoment, secondMoment, OptimiserState.NEW);
    }

    public TrainerState {
        if (firstMoment.length != values.length || secondMoment.length != values.length) {
            throw new IllegalArgumentException("the vectors of one state have %d, %d and %d numbers, wanted the same"
                    .formatted(values.length, firstMoment.length, secondMoment.length));
        }
        if (step < 0) {
            throw new IllegalArgumentException("found a state after %d steps, wanted 0 or more".formatted(step));
        }
        mustBeFinite("values", values);
        mustBeFinite("first moment", firstMoment);
        mustBeFinite("second moment", secondMoment);
        optimiser.vectors().forEach((name, vector) -> {
            if (vector.length != values.length) {
                throw new IllegalArgumentException("%s of one state has %d numbers, its values %d; wanted the same"
                        .formatted(name, vector.length, values.length));
            }
            mustBeFinite(name, vector);
        });
    }

    private static void mustBeFinite(String what, float[] vector) {
        for (int i = 0; i < vector.length; i++) {
            if (!Float.isFinite(vector[i])) {
                throw new IllegalArgumentException(
                        "found %s at element %d of a state's %s, wanted finite numbers".formatted(vector[i], i, what));
            }
        }
    }

    /** As a safetensors file, which can be sent without being built in memory. */
    public SafetensorsWriter file() {
        long[] shape = {values.length};
        SafetensorsWriter file = new SafetensorsWriter()
                .addLongs("step", new long[] {1}, new long[] {step})
                .add("values", shape, values, Dtype.F32)
                .add("first_moment", shape, firstMoment, Dtype.F32)
                .add("second_moment", shape, secondMoment, Dtype.F32);
        optimiser.vectors().forEach((name, vector) -> file.add(VECTOR + name, shape, vector, Dtype.F32));
        // as bits: a number that is read again must be the same to the last one
        optimiser
                .numbers()
                .forEach((name, number) ->
                        file.addLongs(NUMBER + name, new long[] {1}, new long[] {Double.doubleToLongBits(number)}));
        return file;
    }

    public byte[] toBytes() {
        return file().toBytes();
    }

    /** @throws SafetensorsException as {@link #fromBytes} */
    public static TrainerState read(Path path) throws SafetensorsException {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            return of(file, path.toString());
        }
    }

    /** @throws SafetensorsException when the bytes are no such file, or one whose numbers no training leaves behind */
    public static TrainerState fromBytes(byte[] bytes, String origin) throws SafetensorsException {
        try (SafetensorsFile file = SafetensorsFile.of(origin, bytes)) {
            return of(file, origin);
        }
    }

    private static TrainerState of(SafetensorsFile file, String origin) throws SafetensorsException {
        try {
            long[] step = file.longs("step");
            if (step.length != 1 || step[0] < 0 || step[0] > Integer.MAX_VALUE) {
                throw new SafetensorsException(origin, "step", Arrays.toString(step), "one number of steps from 0 up");
            }
            return new TrainerState(
                    (int) step[0],
                    file.floats("values").values(),
                    file.floats("first_moment").values(),
                    file.floats("second_moment").values(),
                    optimiser(file));
        } catch (IllegalArgumentException e) {
            throw new SafetensorsException(origin, null, String.valueOf(e.getMessage()), "a training at rest");
        }
    }

    private static OptimiserState optimiser(SafetensorsFile file) throws SafetensorsException {
        Map<String, float[]> vectors = new LinkedHashMap<>();
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String name : file.names()) {
            if (name.startsWith(VECTOR)) {
                vectors.put(name.substring(VECTOR.length()), file.floats(name).values());
            } else if (name.startsWith(NUMBER)) {
                numbers.put(name.substring(NUMBER.length()), Double.longBitsToDouble(file.longs(name)[0]));
            }
        }
        return new OptimiserState(vectors, numbers);
    }
}
