package athanor.pictures;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** A text inside a PNG (PNG specification, 11.3.3): {@code tEXt} where Latin-1 has all of its characters, else {@code iTXt}. */
final class PngText {

    private static final int SIGNATURE = 8;

    /** Length, type, 13 bytes and checksum of the header, which every PNG begins with. */
    private static final int HEADER = 25;

    private PngText() {}

    static byte[] into(byte[] png, String keyword, String text) {
        boolean latin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(text);
        byte[] chunk = latin
                ? chunk("tEXt", keyword + "\0" + text, StandardCharsets.ISO_8859_1)
                // no compression, no language, no translated keyword
                : chunk("iTXt", keyword + "\0\0\0\0\0" + text, StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(png.length + chunk.length);
        bytes.write(png, 0, SIGNATURE + HEADER);
        bytes.writeBytes(chunk);
        bytes.write(png, SIGNATURE + HEADER, png.length - SIGNATURE - HEADER);
        return bytes.toByteArray();
    }

    private static byte[] chunk(String type, String content, Charset charset) {
        byte[] typeAndContent = (type + content).getBytes(charset);
        CRC32 checksum = new CRC32();
        checksum.update(typeAndContent);
        return ByteBuffer.allocate(typeAndContent.length + 8)
                .putInt(typeAndContent.length - type.length())
                .put(typeAndContent)
                .putInt((int) checksum.getValue())
                .array();
    }
}
