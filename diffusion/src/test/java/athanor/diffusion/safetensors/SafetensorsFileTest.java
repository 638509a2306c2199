package athanor.diffusion.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsFileTest {

    @TempDir
    Path folder;

    @Test
    void leavesNothingBehindWhereItCannotWrite() throws Exception {
        Path target =
                Files.createDirectories(folder.resolve("a.safetensors/inside")).getParent();
        SafetensorsWriter writer = new SafetensorsWriter().add("a", FloatTensor.scalar(1f), Dtype.F32);
        assertThatThrownBy(() -> writer.write(target)).isInstanceOf(IOException.class);
        assertThat(folder.resolve("a.safetensors.part")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16"})
    void readsBackWhatWasWritten(Dtype dtype) throws Exception {
        float[] values = {0f, -1.5f, 0.25f, 96f, -0.0078125f, 2f};
        Path path = folder.resolve("a.safetensors");
        new SafetensorsWriter()
                .metadata("format", "pt")
                .metadata("quoted \"key\"", "line\nbreak \\ ü 🙂 \u0001")
                .add("second", new long[] {2, 3}, values, dtype)
                .add("first", FloatTensor.scalar(3f), dtype)
                .add("none", new long[] {0, 4}, new float[0], dtype)
                .addLongs("ids", new long[] {3}, new long[] {1, -1, Long.MAX_VALUE})
                .write(path);

        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.names()).containsExactly("second", "first", "none", "ids");
            assertThat(file.metadata())
                    .containsEntry("format", "pt")
                    .containsEntry("quoted \"key\"", "line\nbreak \\ ü 🙂 \u0001");
            assertThat(file.dtype("second")).isEqualTo(dtype);
            assertThat(file.floats("second")).isEqualTo(new FloatTensor(new long[] {2, 3}, values));
            assertThat(file.floats("first")).isEqualTo(FloatTensor.scalar(3f));
            assertThat(file.floats("none").values()).isEmpty();
            assertThat(file.longs("ids")).containsExactly(1, -1, Long.MAX_VALUE);
        }
        assertThat(Files.readAllBytes(path)[0] % 8).as("the header is padded").isZero();
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(path));
    }

    @Test
    void readsATensorThatIsLargerThanOnePiece() throws Exception {
        float[] values = new float[700_001];
        Random random = new Random(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = HalfFloat.toFloat(HalfFloat.fromFloat(random.nextFloat()));
        }
        byte[] bytes = new SafetensorsWriter()
                .add("x", new long[] {values.length}, values, Dtype.F16)
                .toBytes();
        try (SafetensorsFile file = SafetensorsFile.of("memory", bytes)) {
            FloatBuffer direct = ByteBuffer.allocateDirect(4 * values.length)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            file.readFloats("x", direct);
            assertThat(direct.hasRemaining()).isFalse();
            float[] read = new float[values.length];
            direct.get(0, read);
            assertThat(Arrays.equals(read, values)).isTrue();
        }
    }

    @Test
    void readsBeyondTheSecondGibibyte() throws Exception {
        long hole = 3L << 30; // sparse: the file takes no room on the disk
        byte[] header = ("{\"hole\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
                        + "\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[%d,%d]}}")
                .formatted(hole, hole, hole, hole + 8)
                .getBytes(StandardCharsets.UTF_8);
        Path path = folder.resolve("big.safetensors");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            file.write(header);
            file.seek(8 + header.length + hole);
            file.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(1.5f)
                    .putFloat(-2f)
                    .array());
        }
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.floats("x").values()).containsExactly(1.5f, -2f);
            assertThatThrownBy(() -> file.raw("hole"))
                    .isInstanceOf(SafetensorsException.class)
                    .hasMessageContaining("Java array");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}} | 8 bytes for F32 [2]
                    {"x":{"dtype":"F32","shape":[2],"data_offsets":[0,12]}} | 8 bytes for F32 [2]
                    {"x":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}} | dtype F31
                    {"x":{"shape":[2],"data_offsets":[0,8]}} | dtype null
                    {"x":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}} | entry -2
                    {"x":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}} | entry 2.0
                    {"x":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}} | entry 2
                    {"x":{"dtype":"F32","shape":{},"data_offsets":[0,8]}} | shape that is no list
                    {"x":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}} | 64 bits
                    {"x":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}} | data_offsets [8, 0]
                    {"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8,16]}} | data_offsets [0, 8, 16]
                    {"x":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}} | a hole
                    {"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | too long
                    {"x":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}} | truncated
                    {"x":{"dtype":"U8","shape":[6],"data_offsets":[0,6]},"y":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}} | an overlap
                    {"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | twice
                    {"x":{"dtype":"F32","shape":[2],"data_offsets":[0,99999999999999999999]}} | beyond 64 bits
                    {"__metadata__":{"a":1},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | metadata "a" that is no string
                    {"__metadata__":[],"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | __metadata__ that is no object
                    {"x":7} | no object
                    [1,2,3] | no JSON object
                    {"x":{"dtype":"F32", | a string
                    """)
    void saysWhereAHeaderLies(String header, String complaint) {
        assertThatThrownBy(() -> SafetensorsFile.of("lying.safetensors", file(header, new byte[8])))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageStartingWith("lying.safetensors: ")
                .hasMessageContaining(complaint);
    }

    @Test
    void refusesANestedHeaderBeforeTheStackDoes() {
        assertThatThrownBy(() -> SafetensorsFile.of("deep", file("{\"x\":" + "[".repeat(1_000_000), new byte[0])))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("nested levels");
    }

    @ParameterizedTest
    @CsvSource({"-1", "1", "0", "100000001", "9223372036854775807", "1000"})
    void refusesAHeaderLengthThatTheFileCannotHold(long length) {
        byte[] bytes = ByteBuffer.allocate(100)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
        assertThatThrownBy(() -> SafetensorsFile.of("short", bytes))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("is it a safetensors file?");
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThatThrownBy(() -> SafetensorsFile.open(folder))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("no regular file");
        assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("absent")))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> SafetensorsFile.of("empty", new byte[0])).isInstanceOf(SafetensorsException.class);
    }

    @Test
    void namesTheTensorThatIsNotThere() throws Exception {
        byte[] bytes = new SafetensorsWriter()
                .add("x", FloatTensor.scalar(1), Dtype.F32)
                .toBytes();
        try (SafetensorsFile file = SafetensorsFile.of("memory", bytes)) {
            assertThatThrownBy(() -> file.floats("y"))
                    .isInstanceOfSatisfying(
                            SafetensorsException.class,
                            e -> assertThat(e.tensor()).isEqualTo("y"));
        }
    }

    @Test
    void aFileThatShrinksWhileItIsOpenGivesATypedError() throws Exception {
        Path path = folder.resolve("shrinking.safetensors");
        new SafetensorsWriter()
                .add("x", new long[] {100_000}, new float[100_000], Dtype.F32)
                .write(path);
        try (SafetensorsFile file = SafetensorsFile.open(path);
                RandomAccessFile cut = new RandomAccessFile(path.toFile(), "rw")) {
            cut.setLength(1000);
            assertThatThrownBy(() -> file.floats("x")).isInstanceOf(SafetensorsException.class);
        }
    }

    @Test
    void twoThousandMutatedFilesGiveATypedErrorOrAReadableFile() {
        byte[] whole = new SafetensorsWriter()
                .metadata("format", "pt")
                .add("a.weight", new long[] {2, 3}, new float[6], Dtype.F16)
                .add("b.weight", new long[] {4}, new float[4], Dtype.F32)
                .addLongs("ids", new long[] {2}, new long[2])
                .toBytes();
        Random random = new Random(42);
        int refused = 0;
        for (int round = 0; round < 2_000; round++) {
            byte[] mutated = mutate(whole, random);
            try (SafetensorsFile file = SafetensorsFile.of("mutated", mutated)) {
                for (String name : file.names()) {
                    file.floats(name);
                    file.raw(name);
                }
            } catch (SafetensorsException e) {
                assertThat(e).hasMessageContaining("found").hasMessageContaining("wanted");
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 1_999);
    }

    /** Flips, cuts, lengthens, or swaps digits in the header, where the lies are. */
    private static byte[] mutate(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        switch (random.nextInt(5)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(64));
            case 2 -> bytes[random.nextInt(8)] = (byte) random.nextInt(256);
            case 3 -> {
                for (int i = 8; i < bytes.length; i++) {
                    if (bytes[i] >= '0' && bytes[i] <= '9' && random.nextInt(6) == 0) {
                        bytes[i] = (byte) ('0' + random.nextInt(10));
                    }
                }
            }
            default -> {
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt(256);
                }
            }
        }
        return bytes;
    }

    private static byte[] file(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array();
    }
}
