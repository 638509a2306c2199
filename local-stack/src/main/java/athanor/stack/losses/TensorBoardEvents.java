package athanor.stack.losses;

import athanor.contracts.rest.TrainedStep;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The steps as a TensorBoard event file: TFRecords of {@code tensorflow.Event} messages (event.proto: wall_time 1, step 2,
 * file_version 3, summary 5; summary.proto: value 1 with tag 1 and simple_value 2).
 */
public final class TensorBoardEvents {

    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int BYTES = 2;
    private static final int FOUR_BYTES = 5;

    private TensorBoardEvents() {}

    /** TensorBoard takes files that have this in their name. */
    public static String fileName(String runId) {
        return "events.out.tfevents.%s".formatted(runId);
    }

    public static byte[] of(List<TrainedStep> steps) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Instant begin = steps.isEmpty() ? Instant.EPOCH : steps.get(0).at();
        record(file, new Message().time(begin).text(3, "brain.Event:2").bytes());
        for (TrainedStep step : steps) {
            Message summary = new Message()
                    .scalar("loss/instance", step.instanceLoss())
                    .scalar("learning_rate", step.learningRate())
                    .scalar("seconds_per_step", step.seconds());
            if (step.priorLoss() > 0) {
                summary.scalar("loss/prior", step.priorLoss());
            }
            record(
                    file,
                    new Message()
                            .time(step.at())
                            .number(2, step.step())
                            .message(5, summary)
                            .bytes());
        }
        return file.toByteArray();
    }

    /** Length, its checksum, the data, its checksum; little-endian. */
    private static void record(ByteArrayOutputStream file, byte[] data) {
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(data.length)
                .array();
        file.writeBytes(length);
        file.writeBytes(checksum(length));
        file.writeBytes(data);
        file.writeBytes(checksum(data));
    }

    /** CRC-32C, turned and shifted as in TensorFlow's {@code record_writer}. */
    private static byte[] checksum(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        int masked = Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(masked)
                .array();
    }

    /** Fields of a protocol buffer, in the order in which they are added. */
    private static final class Message {

        private final ByteArrayOutputStream fields = new ByteArrayOutputStream();

        byte[] bytes() {
            return fields.toByteArray();
        }

        Message time(Instant at) {
            double seconds = at.getEpochSecond() + at.getNano() / 1e9;
            varint(1 << 3 | EIGHT_BYTES);
            fields.writeBytes(ByteBuffer.allocate(Double.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putDouble(seconds)
                    .array());
            return this;
        }

        Message number(int field, long value) {
            varint((long) field << 3 | VARINT);
            varint(value);
            return this;
        }

        Message text(int field, String text) {
            return bytes(field, text.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message inner) {
            return bytes(field, inner.bytes());
        }

        Message scalar(String tag, double value) {
            Message tagged = new Message().text(1, tag);
            tagged.varint(2 << 3 | FOUR_BYTES);
            tagged.fields.writeBytes(ByteBuffer.allocate(Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat((float) value)
                    .array());
            return message(1, tagged);
        }

        private Message bytes(int field, byte[] value) {
            varint((long) field << 3 | BYTES);
            varint(value.length);
            fields.writeBytes(value);
            return this;
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                fields.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            fields.write((int) rest);
        }
    }
}
