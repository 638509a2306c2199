package athanor.appraisal;

import athanor.people.Box;
import athanor.people.Face;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.quality.RegionMeasures;
import athanor.pictures.reader.PictureReader;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The face with as many pixels as are needed to judge it. In a preview of a photograph of 24 megapixels the face of a whole figure
 * has 60 pixels; the file has 350 of it.
 *
 * @param width of the file's picture, upright
 */
record FaceCrop(PictureReader reader, Path file, int width) {

    /** Empty where the face is out of the picture, or the file cannot be read a second time. */
    Optional<RegionMeasures> measure(BufferedImage preview, Face face) throws IOException {
        double scale = (double) width / preview.getWidth();
        Box box = face.box();
        double side = Math.max(box.width(), box.height());
        Optional<RegionMeasures> inPreview = inside(box, preview).map(region -> RegionMeasures.of(preview, region));
        if (side >= RegionMeasures.LONG_SIDE || scale <= 1) {
            return inPreview;
        }
        Optional<RegionMeasures> certain = inPreview.flatMap(RegionMeasures::ifSharpForCertain);
        if (certain.isPresent()) {
            return certain;
        }
        // No larger than is looked at.
        double wanted = Math.min(scale, RegionMeasures.LONG_SIDE / side);
        int wholeWidth = (int) Math.round(preview.getWidth() * wanted);
        int wholeHeight = (int) Math.round(preview.getHeight() * wanted);
        Rectangle region = scaled(box, wanted).intersection(new Rectangle(wholeWidth, wholeHeight));
        if (region.isEmpty()) {
            return Optional.empty();
        }
        Verdict again = reader.read(
                file, Wanted.cutOut(wholeWidth, wholeHeight, region.x, region.y, region.width, region.height));
        return again instanceof Verdict.Accepted cut
                ? cut.image()
                        .map(pixels -> RegionMeasures.of(pixels, new Rectangle(pixels.getWidth(), pixels.getHeight())))
                : Optional.empty();
    }

    private static Optional<Rectangle> inside(Box box, BufferedImage preview) {
        Rectangle region = scaled(box, 1).intersection(new Rectangle(preview.getWidth(), preview.getHeight()));
        return region.isEmpty() ? Optional.empty() : Optional.of(region);
    }

    private static Rectangle scaled(Box box, double scale) {
        return new Rectangle(
                (int) Math.round(box.x() * scale),
                (int) Math.round(box.y() * scale),
                (int) Math.max(1, Math.round(box.width() * scale)),
                (int) Math.max(1, Math.round(box.height() * scale)));
    }
}
