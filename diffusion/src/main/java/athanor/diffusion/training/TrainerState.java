package athanor.diffusion.training;

import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.diffusion.safetensors.SafetensorsFile;
import athanor.diffusion.safetensors.SafetensorsWriter;

/**
 * A training at rest: flat float32 vectors of equal length and the number of steps done.
 *
 * @param values LoRA factors in the program's order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TrainerState(int step, float[] values, float[] firstMoment, float[] secondMoment) {

    public TrainerState {
        if (firstMoment.length != values.length || secondMoment.length != values.length) {
            throw new IllegalArgumentException("the vectors of one state have %d, %d and %d numbers, wanted the same"
                    .formatted(values.length, firstMoment.length, secondMoment.length));
        }
    }

    /** A safetensors file. */
    public byte[] toBytes() {
        long[] shape = {values.length};
        return new SafetensorsWriter()
                .addLongs("step", new long[] {1}, new long[] {step})
                .add("values", shape, values, Dtype.F32)
                .add("first_moment", shape, firstMoment, Dtype.F32)
                .add("second_moment", shape, secondMoment, Dtype.F32)
                .toBytes();
    }

    /** @throws SafetensorsException when the bytes are no such file */
    public static TrainerState fromBytes(byte[] bytes, String origin) throws SafetensorsException {
        try (SafetensorsFile file = SafetensorsFile.of(origin, bytes)) {
            return new TrainerState(
                    (int) file.longs("step")[0],
                    file.floats("values").values(),
                    file.floats("first_moment").values(),
                    file.floats("second_moment").values());
        }
    }
}
