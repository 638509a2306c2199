package athanor.pictures.decoder;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Pixels that are numbers of colours, of one bit to one byte. Java's own drawing looks each of them up the long way. */
final class Palette implements Colours {

    private final byte[] bgr;

    Palette(IndexColorModel model) {
        bgr = new byte[model.getMapSize() * 3];
        for (int i = 0; i < model.getMapSize(); i++) {
            int alpha = model.getAlpha(i);
            bgr[i * 3] = onWhite(model.getBlue(i), alpha);
            bgr[i * 3 + 1] = onWhite(model.getGreen(i), alpha);
            bgr[i * 3 + 2] = onWhite(model.getRed(i), alpha);
        }
    }

    /** Both from 0 to 255. */
    static byte onWhite(int level, int alpha) {
        return (byte) ((level * alpha + 255 * (255 - alpha) + 127) / 255);
    }

    @Override
    public BufferedImage toSrgb(BufferedImage decoded) {
        Raster raster = decoded.getRaster();
        int width = decoded.getWidth();
        BufferedImage srgb = new BufferedImage(width, decoded.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] out = ((DataBufferByte) srgb.getRaster().getDataBuffer()).getData();
        int[] row = new int[width];
        int at = 0;
        for (int y = 0; y < decoded.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int number : row) {
                int colour = Math.min(number * 3, bgr.length - 3);
                out[at++] = bgr[colour];
                out[at++] = bgr[colour + 1];
                out[at++] = bgr[colour + 2];
            }
        }
        return srgb;
    }
}
