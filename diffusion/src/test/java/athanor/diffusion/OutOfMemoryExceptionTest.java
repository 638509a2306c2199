package athanor.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.program.TorchProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutOfMemoryExceptionTest {

    /** As many bytes as a process on x86 and ARM can address. */
    private static final long ALL_ADDRESSES = 1L << 47;

    @Test
    void aTensorThatNoMachineHoldsEndsTheCallAndNotTheProgram() {
        String methods = """
                  def twice(self: __torch__.Program, x: Tensor, size: Tensor) -> Tensor:
                    return torch.mul(torch.expand(x, [annotate(int, int(size))]), 2.)
                """;
        try (TorchProgram program = TorchProgram.load(methods, Device.cpu());
                NDManager scope = program.manager().newSubManager()) {
            NDArray one = scope.create(new float[] {1});
            NDArray floats = scope.create(ALL_ADDRESSES / Float.BYTES);

            assertThatThrownBy(() -> program.call(scope, "twice", one, floats))
                    .isInstanceOf(OutOfMemoryException.class)
                    .hasMessageStartingWith("the memory does not suffice: ")
                    .hasMessageContaining("you tried to allocate " + ALL_ADDRESSES + " bytes");

            NDArray two = program.call(scope, "twice", one, scope.create(1L)).get(0);
            assertThat(two.toFloatArray()).containsExactly(2);
        }
    }

    @Test
    void anArrayMadeOutsideAProgramIsRecognisedToo() {
        try (NDManager scope = NDManager.newBaseManager("PyTorch")) {
            assertThatThrownBy(() ->
                            OutOfMemoryException.translating(() -> scope.zeros(new Shape(ALL_ADDRESSES / Float.BYTES))))
                    .isInstanceOf(OutOfMemoryException.class)
                    .hasMessageContaining("allocate");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 7.79 GiB",
                "[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 64 bytes",
                "DefaultCPUAllocator: not enough memory: you tried to allocate 64 bytes",
                "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"
            })
    void ofALongMessageTheLineIsKeptThatTells(String line) {
        String message = "The following operation failed in the TorchScript interpreter.\n" + line + "\nmore";
        IllegalStateException failure = new IllegalStateException(message);

        assertThatThrownBy(() -> OutOfMemoryException.translating(() -> {
                    throw failure;
                }))
                .isInstanceOf(OutOfMemoryException.class)
                .hasMessage("the memory does not suffice: " + line)
                .hasCause(failure);
    }

    @Test
    void javasOwnMemoryCountsToo() {
        assertThatThrownBy(() -> OutOfMemoryException.translating(() -> {
                    throw new OutOfMemoryError("Cannot reserve 64 bytes of direct buffer memory");
                }))
                .isInstanceOf(OutOfMemoryException.class)
                .hasMessageContaining("direct buffer memory");
    }

    @Test
    void everyOtherFailureStaysAsItIs() {
        IllegalStateException failure = new IllegalStateException("a hiccup");

        assertThatThrownBy(() -> OutOfMemoryException.translating(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }
}
