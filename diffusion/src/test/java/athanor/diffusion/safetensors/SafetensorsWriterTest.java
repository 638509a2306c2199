package athanor.diffusion.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsWriterTest {

    /** Tensors of every width, empty ones between, longer than a piece and no multiple of it. */
    private final SafetensorsWriter writer = new SafetensorsWriter()
            .metadata("who", "ü")
            .add("empty", new long[] {0}, new float[0], Dtype.F32)
            .add("halves", new long[] {40_001}, counting(40_001), Dtype.F16)
            .add("floats", new long[] {3, 10_007}, counting(30_021), Dtype.F32)
            .addLongs("longs", new long[] {3}, new long[] {1, -2, Long.MAX_VALUE})
            .add("nothing", new long[] {2, 0}, new float[0], Dtype.BF16);

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096, 1 << 20})
    void theStreamGivesTheSameBytesInPiecesOfAnyLength(int piece) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (InputStream in = writer.open()) {
            byte[] buffer = new byte[piece];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                read.write(buffer, 0, count);
            }
            assertThat(in.read()).isEqualTo(-1);
        }

        assertThat(read.toByteArray()).isEqualTo(writer.toBytes()).hasSize((int) writer.length());
    }

    @Test
    void itIsAFileThatIsReadBack() throws Exception {
        try (SafetensorsFile file = SafetensorsFile.of("mine", writer.toBytes())) {
            assertThat(file.names()).containsExactly("empty", "halves", "floats", "longs", "nothing");
            assertThat(file.floats("floats").values()).isEqualTo(counting(30_021));
            assertThat(file.longs("longs")).containsExactly(1, -2, Long.MAX_VALUE);
            assertThat(file.floats("halves").values()[2047]).isEqualTo(2047);
        }
    }

    private static float[] counting(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = i;
        }
        return values;
    }
}
