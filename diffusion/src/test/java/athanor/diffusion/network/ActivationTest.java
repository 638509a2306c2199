package athanor.diffusion.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.EmittedProgram;
import athanor.diffusion.program.Emitter;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.Signature;
import athanor.diffusion.program.Torch;
import athanor.diffusion.program.TorchProgram;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationTest {

    /** At -1.5, 0.5 and 3, as {@code transformers.activations.ACT2FN} of 4.57.6 on torch 2.7.1 gives them in float64. */
    @ParameterizedTest
    @CsvSource({
        "silu, -0.273638286, 0.311229666, 2.857722380",
        "gelu, -0.100210802, 0.345731231, 2.995950306",
        "gelu_new, -0.100428423, 0.345714010, 2.996362608",
        "gelu_fast, -0.100428423, 0.345714010, 2.996362608",
        "gelu_pytorch_tanh, -0.100428423, 0.345714010, 2.996362608",
        "quick_gelu, -0.108337802, 0.350388437, 2.981928690",
        "relu, 0.000000000, 0.500000000, 3.000000000",
        "mish, -0.298099742, 0.375245211, 2.986535005"
    })
    void isTheFunctionThatTheConfigurationNames(String name, float negative, float small, float large) {
        Variable x = Torch.variable("x");
        EmittedProgram emitted = new EmittedProgram(ComputeType.FLOAT32, "cpu");
        Emitter emitter = emitted.begin(Signature.of("activate").tensors(x), "", LoraPlan.NONE);
        emitted.add(emitter.returning(Activation.of("text_encoder", name).apply(emitter, x)));
        try (TorchProgram program = TorchProgram.load(emitted.text(), Device.cpu());
                NDManager scope = program.manager().newSubManager()) {
            float[] found = program.call(scope, "activate", scope.create(new float[] {-1.5f, 0.5f, 3}))
                    .get(0)
                    .toFloatArray();
            assertThat(found).containsExactly(new float[] {negative, small, large}, Offset.offset(1e-6f));
        }
    }

    @Test
    void namesTheEntryThatItDoesNotKnow() {
        assertThatThrownBy(() -> Activation.of("text_encoder", "laplace"))
                .isInstanceOf(UnknownArchitectureException.class)
                .hasMessage(
                        "text_encoder/config.json: the activation is laplace, wanted silu, gelu, gelu_new, quick_gelu, relu or mish");
    }
}
