package athanor.diffusion.program;

/** The number format a network computes in; the code is PyTorch's {@code ScalarType}. */
public enum ComputeType {
    FLOAT32(6),
    BFLOAT16(15),
    FLOAT16(5);

    private final int torchCode;

    ComputeType(int torchCode) {
        this.torchCode = torchCode;
    }

    int torchCode() {
        return torchCode;
    }
}
