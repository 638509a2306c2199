package athanor.pictures;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.tiff.TiffMetadataReader;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/**
 * How a camera was held: EXIF tag 0x0112, which no Java decoder applies. Of JPEG, TIFF, PNG and WebP; the others have no
 * place for it.
 *
 * @param value 1 to 8 as EXIF counts; 1 is upright
 */
record Orientation(int value) {

    private static final String MARK = "Exif\0\0";
    private static final Orientation UPRIGHT = new Orientation(1);

    static Orientation of(byte[] file, PictureFormat format) {
        try {
            ExifIFD0Directory exif = metadata(file, format).getFirstDirectoryOfType(ExifIFD0Directory.class);
            if (exif == null || !exif.containsTag(ExifIFD0Directory.TAG_ORIENTATION)) {
                return UPRIGHT;
            }
            int value = exif.getInt(ExifIFD0Directory.TAG_ORIENTATION);
            return value >= 1 && value <= 8 ? new Orientation(value) : UPRIGHT;
        } catch (IOException | ImageProcessingException | MetadataException | RuntimeException e) {
            // A picture with unreadable notes about itself is still a picture.
            return UPRIGHT;
        }
    }

    private static Metadata metadata(byte[] file, PictureFormat format) throws IOException, ImageProcessingException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(file);
        return switch (format) {
            case JPEG -> JpegMetadataReader.readMetadata(bytes, List.of(new ExifReader()));
            case TIFF -> TiffMetadataReader.readMetadata(bytes);
            case PNG -> Chunks.ofPng(file, "eXIf").map(Orientation::notes).orElseGet(Metadata::new);
            case WEBP -> Chunks.ofWebp(file, "EXIF").map(Orientation::notes).orElseGet(Metadata::new);
            case BMP, GIF -> new Metadata();
        };
    }

    /** Some writers put JPEG's mark before the notes, the standards of PNG and WebP do not. */
    private static Metadata notes(byte[] exif) {
        boolean marked = new String(exif, 0, Math.min(exif.length, MARK.length()), ISO_8859_1).equals(MARK);
        Metadata metadata = new Metadata();
        new ExifReader().extract(new ByteArrayReader(exif), metadata, marked ? MARK.length() : 0);
        return metadata;
    }

    /** The upright picture; the same one when it is upright already. */
    BufferedImage apply(BufferedImage image) {
        if (value == 1) {
            return image;
        }
        int width = image.getWidth();
        int height = image.getHeight();
        boolean swapped = value >= 5;
        BufferedImage upright =
                new BufferedImage(swapped ? height : width, swapped ? width : height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = upright.createGraphics();
        try {
            canvas.drawImage(image, turn(width, height), null);
        } finally {
            canvas.dispose();
        }
        return upright;
    }

    /** Where a stored pixel goes, as x' = m00 x + m01 y + m02, y' = m10 x + m11 y + m12. */
    private AffineTransform turn(int width, int height) {
        return switch (value) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }
}
