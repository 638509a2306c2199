package athanor.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.diffusion.safetensors.SafetensorsWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerStateTest {

    @Test
    void isReadBackAsItWasWritten() throws Exception {
        TrainerState state = new TrainerState(7, new float[] {1, 2}, new float[] {3, 4}, new float[] {5, 6});
        TrainerState read = TrainerState.fromBytes(state.toBytes(), "mine");
        assertThat(read.step()).isEqualTo(7);
        assertThat(read.secondMoment()).containsExactly(5, 6);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 31, Long.MIN_VALUE})
    void aNumberOfStepsThatNoTrainingDoesIsNamed(long step) {
        assertThatThrownBy(() -> TrainerState.fromBytes(bytes(step), "mine"))
                .isInstanceOf(SafetensorsException.class)
                .hasMessage("mine: tensor \"step\": found [%d], wanted one number of steps from 0 up", step);
    }

    @Test
    void aMissingNumberOfStepsIsNamed() {
        assertThatThrownBy(() -> TrainerState.fromBytes(bytes(), "mine"))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("tensor \"step\": found []");
    }

    @ParameterizedTest
    @CsvSource({"NaN, 0, 0, values", "0, Infinity, 0, first moment", "0, 0, -Infinity, second moment"})
    void numbersThatAreNotFiniteAreNamed(float value, float first, float second, String vector) {
        assertThatThrownBy(() -> new TrainerState(1, new float[] {value}, new float[] {first}, new float[] {second}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at element 0 of a state's " + vector);
        byte[] bytes = writer(value, first, second)
                .addLongs("step", new long[] {1}, new long[] {1})
                .toBytes();
        assertThatThrownBy(() -> TrainerState.fromBytes(bytes, "mine"))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(vector);
    }

    private static byte[] bytes(long... step) {
        return writer(0, 0, 0).addLongs("step", new long[] {step.length}, step).toBytes();
    }

    private static SafetensorsWriter writer(float value, float first, float second) {
        long[] shape = {1};
        return new SafetensorsWriter()
                .add("values", shape, new float[] {value}, Dtype.F32)
                .add("first_moment", shape, new float[] {first}, Dtype.F32)
                .add("second_moment", shape, new float[] {second}, Dtype.F32);
    }
}
