package athanor.pictures.decoder;

import athanor.pictures.Exposure;
import athanor.pictures.Fingerprint;
import athanor.pictures.Measured;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * What was measured, as it goes from decoder to service; NaN is what was not measured. The records refuse numbers that cannot be.
 */
final class MeasuredWords {

    private MeasuredWords() {}

    static void write(DataOutputStream out, Measured measured) throws IOException {
        out.writeBoolean(measured.drawn());
        write(out, measured.enlargement());
        write(out, measured.sharpness());
        write(out, measured.reblur());
        write(out, measured.edgeBlur());
        write(out, measured.pixelBlur());
        write(out, measured.motion());
        write(out, measured.noise());
        write(out, measured.blockiness());
        write(out, measured.savedQuality());
        Exposure exposure = measured.exposure();
        out.writeDouble(exposure.dark());
        out.writeDouble(exposure.bright());
        out.writeByte(exposure.first());
        out.writeByte(exposure.last());
        Fingerprint fingerprint = measured.fingerprint();
        out.writeUTF(fingerprint.pixels());
        out.writeLong(fingerprint.dHash());
        out.writeLong(fingerprint.pHash());
        out.writeLong(fingerprint.mirroredDHash());
        out.writeLong(fingerprint.mirroredPHash());
    }

    /** Width and height are those of the answer, so that the two cannot differ. */
    static Measured read(DataInputStream in, int width, int height) throws IOException {
        try {
            return new Measured(
                    width,
                    height,
                    in.readBoolean(),
                    number(in),
                    number(in),
                    number(in),
                    number(in),
                    number(in),
                    number(in),
                    number(in),
                    number(in),
                    number(in),
                    new Exposure(in.readDouble(), in.readDouble(), in.readUnsignedByte(), in.readUnsignedByte()),
                    new Fingerprint(in.readUTF(), in.readLong(), in.readLong(), in.readLong(), in.readLong()));
        } catch (IllegalArgumentException e) {
            throw new IOException("a picture decoder measured what cannot be: " + e.getMessage(), e);
        }
    }

    private static void write(DataOutputStream out, OptionalDouble number) throws IOException {
        out.writeDouble(number.orElse(Double.NaN));
    }

    private static OptionalDouble number(DataInputStream in) throws IOException {
        double number = in.readDouble();
        return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
}
