package athanor.diffusion.program;

/** The number format a network computes in; the code is PyTorch's {@code ScalarType}. */
public enum ComputeType {
    FLOAT32(6, 4),
    BFLOAT16(15, 2),
    FLOAT16(5, 2);

    private final int torchCode;
    private final int bytes;

    ComputeType(int torchCode, int bytes) {
        this.torchCode = torchCode;
        this.bytes = bytes;
    }

    int torchCode() {
        return torchCode;
    }

    /** Of one number. */
    public int bytes() {
        return bytes;
    }
}
