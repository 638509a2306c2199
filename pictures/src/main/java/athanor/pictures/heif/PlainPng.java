package athanor.pictures.heif;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * What the program of libheif wrote, without what would be applied twice: the pixels are upright already, and the note of how the
 * camera was held is still there. A profile is kept; where only a number named the colours, the profile of that name comes in.
 */
final class PlainPng {

    private static final int SIGNATURE = 8;
    private static final Set<String> LEFT_OUT = Set.of("eXIf", "tEXt", "zTXt", "iTXt", "tIME");
    private static final byte[] PROFILE_NAME = "named\0\0".getBytes(US_ASCII);

    private PlainPng() {}

    /** @throws IOException when it is no whole PNG, or the disk is full */
    static void copy(Path written, Optional<NamedColours> named, Path plain) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(written)));
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(plain)))) {
            copy(in, SIGNATURE, out);
            boolean profiled = false;
            String name = "";
            while (!name.equals("IEND")) {
                int length = in.readInt();
                byte[] word = in.readNBytes(4);
                name = new String(word, ISO_8859_1);
                profiled |= name.equals("iCCP");
                if (name.equals("IDAT") && !profiled && named.isPresent()) {
                    write(out, "iCCP", deflated(named.get().profile()));
                    profiled = true;
                }
                if (LEFT_OUT.contains(name)) {
                    in.skipNBytes(length + 4L);
                } else {
                    out.writeInt(length);
                    out.write(word);
                    copy(in, Integer.toUnsignedLong(length) + 4, out);
                }
            }
        }
    }

    private static void copy(DataInputStream in, long length, DataOutputStream out) throws IOException {
        byte[] part = new byte[1 << 16];
        long left = length;
        while (left > 0) {
            int now = (int) Math.min(left, part.length);
            in.readFully(part, 0, now);
            out.write(part, 0, now);
            left -= now;
        }
    }

    private static byte[] deflated(byte[] profile) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(PROFILE_NAME);
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(body)) {
            deflater.write(profile);
        }
        return body.toByteArray();
    }

    private static void write(DataOutputStream out, String name, byte[] body) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(name.getBytes(US_ASCII));
        sum.update(body);
        out.writeInt(body.length);
        out.write(name.getBytes(US_ASCII));
        out.write(body);
        out.writeInt((int) sum.getValue());
    }
}
