package athanor.tinybase.measure;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** What is left of a picture that was stored too small. */
final class LowResolution {

    private LowResolution() {}

    /** @return as large as before, but with the detail of so many pixels a side */
    static BufferedImage at(BufferedImage picture, int side) {
        Image small = picture.getScaledInstance(side, side, Image.SCALE_AREA_AVERAGING);
        BufferedImage stored = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D first = stored.createGraphics();
        first.drawImage(small, 0, 0, null);
        first.dispose();
        BufferedImage enlarged = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = enlarged.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.drawImage(stored, 0, 0, picture.getWidth(), picture.getHeight(), null);
        g.dispose();
        return enlarged;
    }
}
