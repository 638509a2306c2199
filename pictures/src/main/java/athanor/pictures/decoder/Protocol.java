package athanor.pictures.decoder;

import athanor.pictures.Measured;
import athanor.pictures.PictureFormat;
import athanor.pictures.PictureLimits;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What service and decoder say to each other over the decoder's standard input and output. The service believes no number of
 * the answer that it can check: the decoder has seen a stranger's file.
 *
 * <pre>
 *   request    wanted (6 ints, 2 booleans), length of the file (int), the file
 *   answer     READY once, then for each request: HEADING at most once, ACCEPTED or REJECTED
 * </pre>
 */
public final class Protocol {

    private static final int READY = 'r';
    private static final int HEADING = 'h';
    private static final int ACCEPTED = 'a';
    private static final int REJECTED = 'n';

    private static final int MOST_REMARKS = 100;

    private Protocol() {}

    /** The file that a request is about, and what is wanted of it. */
    record Request(byte[] file, Wanted wanted) {}

    /** What became known before a pixel was decoded. */
    public record Heading(PictureFormat format, int width, int height) {

        public long pixels() {
            return (long) width * height;
        }
    }

    /** Told what became known before a pixel was decoded. */
    @FunctionalInterface
    public interface HeadingListener {
        void on(Heading heading);
    }

    // the service's side

    /** What comes before the bytes of the file. */
    public static void writeRequest(DataOutputStream out, Wanted wanted, int bytes) throws IOException {
        out.writeInt(wanted.width());
        out.writeInt(wanted.height());
        out.writeInt(wanted.left());
        out.writeInt(wanted.top());
        out.writeInt(wanted.cutWidth());
        out.writeInt(wanted.cutHeight());
        out.writeBoolean(wanted.atMost());
        out.writeBoolean(wanted.measures());
        out.writeInt(bytes);
    }

    public static void awaitReady(DataInputStream in) throws IOException {
        int word = in.readUnsignedByte();
        if (word != READY) {
            throw new IOException("a picture decoder began with %d instead of %d".formatted(word, READY));
        }
    }

    public static Verdict readAnswer(DataInputStream in, Wanted wanted, HeadingListener listener) throws IOException {
        int word = in.readUnsignedByte();
        if (word == HEADING) {
            listener.on(new Heading(format(in), in.readInt(), in.readInt()));
            word = in.readUnsignedByte();
        }
        return switch (word) {
            case REJECTED -> new Verdict.Rejected(one(Verdict.Refusal.values(), in), in.readUTF());
            case ACCEPTED -> accepted(in, wanted);
            default -> throw new IOException("a picture decoder answered %d".formatted(word));
        };
    }

    private static Verdict accepted(DataInputStream in, Wanted wanted) throws IOException {
        PictureFormat format = format(in);
        int width = in.readInt();
        int height = in.readInt();
        int count = check(in.readInt(), MOST_REMARKS);
        List<Verdict.Remark> remarks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            remarks.add(new Verdict.Remark(one(Verdict.Remark.About.values(), in), in.readUTF()));
        }
        Optional<Measured> measured =
                wanted.measures() ? Optional.of(MeasuredWords.read(in, width, height)) : Optional.empty();
        if (!wanted.pixels()) {
            return new Verdict.Accepted(format, width, height, remarks, Optional.empty(), measured);
        }
        BufferedImage image = new BufferedImage(
                check(in.readInt(), wanted.cutWidth()),
                check(in.readInt(), wanted.cutHeight()),
                BufferedImage.TYPE_3BYTE_BGR);
        in.readFully(levels(image));
        return new Verdict.Accepted(format, width, height, remarks, Optional.of(image), measured);
    }

    private static PictureFormat format(DataInputStream in) throws IOException {
        return one(PictureFormat.values(), in);
    }

    private static <E> E one(E[] values, DataInputStream in) throws IOException {
        return values[check(in.readUnsignedByte(), values.length - 1)];
    }

    private static int check(int number, int most) throws IOException {
        if (number < 0 || number > most) {
            throw new IOException("a picture decoder answered %d where at most %d makes sense".formatted(number, most));
        }
        return number;
    }

    // the decoder's side

    static Request readRequest(DataInputStream in) throws IOException {
        Wanted wanted = new Wanted(
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readBoolean(),
                in.readBoolean());
        byte[] file = new byte[in.readInt()];
        in.readFully(file);
        return new Request(file, wanted);
    }

    static void writeReady(DataOutputStream out) throws IOException {
        out.writeByte(READY);
        out.flush();
    }

    static void writeHeading(DataOutputStream out, Heading heading) throws IOException {
        out.writeByte(HEADING);
        out.writeByte(heading.format().ordinal());
        out.writeInt(heading.width());
        out.writeInt(heading.height());
        out.flush();
    }

    static void writeAnswer(DataOutputStream out, Verdict verdict) throws IOException {
        if (verdict instanceof Verdict.Rejected rejected) {
            out.writeByte(REJECTED);
            out.writeByte(rejected.refusal().ordinal());
            out.writeUTF(rejected.reason());
        } else if (verdict instanceof Verdict.Accepted accepted) {
            out.writeByte(ACCEPTED);
            out.writeByte(accepted.format().ordinal());
            out.writeInt(accepted.width());
            out.writeInt(accepted.height());
            out.writeInt(accepted.remarks().size());
            for (Verdict.Remark remark : accepted.remarks()) {
                out.writeByte(remark.about().ordinal());
                out.writeUTF(remark.sentence());
            }
            if (accepted.measured().isPresent()) {
                MeasuredWords.write(out, accepted.measured().get());
            }
            if (accepted.image().isPresent()) {
                BufferedImage image = accepted.image().get();
                out.writeInt(image.getWidth());
                out.writeInt(image.getHeight());
                out.write(levels(image));
            }
        }
        out.flush();
    }

    private static byte[] levels(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    /** The limits as arguments of the decoder's program, and back. */
    public static List<String> arguments(PictureLimits limits) {
        return List.of(
                Long.toString(limits.bytes()),
                Long.toString(limits.pixels()),
                Long.toString(limits.wholePixels()),
                Integer.toString(limits.longSide()),
                Integer.toString(limits.shortSide()),
                Double.toString(limits.aspect()));
    }

    static PictureLimits limits(String[] arguments) {
        return new PictureLimits(
                Long.parseLong(arguments[0]),
                Long.parseLong(arguments[1]),
                Long.parseLong(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                Double.parseDouble(arguments[5]));
    }
}
