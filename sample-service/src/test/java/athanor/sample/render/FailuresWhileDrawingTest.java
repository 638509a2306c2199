package athanor.sample.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.contracts.run.FailureReason;
import athanor.diffusion.OutOfMemoryException;
import org.junit.jupiter.api.Test;

class FailuresWhileDrawingTest {

    @Test
    void memoryThatTheProcessorDoesNotHaveIsNotAskedForAgain() {
        try (NDManager arrays = NDManager.newBaseManager("PyTorch")) {
            OutOfMemoryException tooLarge = catchThrowableOfType(
                    OutOfMemoryException.class,
                    () -> OutOfMemoryException.translating(() -> arrays.zeros(new Shape(1L << 45))));

            assertThat(DiffusionRenderer.explained(tooLarge)).isInstanceOfSatisfying(CannotRenderException.class, e -> {
                assertThat(e.reason()).isEqualTo(FailureReason.OUT_OF_MEMORY);
                assertThat(e)
                        .hasMessageContaining("lower athanor.sample.pixels-at-once")
                        .hasCause(tooLarge);
            });
        }
    }

    @Test
    void whatNobodyForesawIsLeftAsItIs() {
        IllegalStateException hiccup = new IllegalStateException("a hiccup");

        assertThat(DiffusionRenderer.explained(hiccup)).isSameAs(hiccup);
    }
}
