package athanor.pictures.decoder;

import athanor.pictures.PixelRows;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/**
 * What a decoder left behind, whatever its samples are, as 8-bit sRGB on white. A strip at a time is converted: a copy of the
 * whole picture would double what it costs.
 */
final class DecodedRows implements PixelRows {

    private static final int STRIP = 64;
    private static final int CHANNELS = 3;

    private final BufferedImage decoded;
    private final Colours colours;
    private byte[] strip = new byte[0];
    private int row;

    DecodedRows(BufferedImage decoded, Colours colours) {
        this.decoded = decoded;
        this.colours = colours;
    }

    @Override
    public int width() {
        return decoded.getWidth();
    }

    @Override
    public int height() {
        return decoded.getHeight();
    }

    @Override
    public void next(byte[] bgr) {
        int within = row % STRIP;
        if (within == 0) {
            convert(row, Math.min(STRIP, height() - row));
        }
        System.arraycopy(strip, within * width() * CHANNELS, bgr, 0, width() * CHANNELS);
        row++;
    }

    private void convert(int top, int rows) {
        BufferedImage srgb = colours.toSrgb(decoded.getSubimage(0, top, width(), rows));
        strip = ((DataBufferByte) srgb.getRaster().getDataBuffer()).getData();
    }
}
