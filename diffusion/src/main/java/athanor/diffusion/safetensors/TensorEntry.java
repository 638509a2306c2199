package athanor.diffusion.safetensors;

/**
 * Where one tensor lies.
 *
 * @param begin first byte, counted from the end of the header
 * @param end one past the last byte
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TensorEntry(String name, Dtype dtype, long[] shape, long begin, long end) {

    long bytes() {
        return end - begin;
    }

    long elements() {
        return bytes() / dtype.bytes();
    }
}
