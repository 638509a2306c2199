package athanor.pictures.quality;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.pictures.Measured;
import athanor.pictures.PictureLimits;
import athanor.pictures.Pixels;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.reader.PictureReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a decoder measures in its own process, as the service gets it. */
class MeasuredReadingTest {

    private static final PictureReader READER = new PictureReader(PictureLimits.standard(), 1);

    @AfterAll
    static void endTheDecoder() {
        READER.close();
    }

    private static Verdict.Accepted read(byte[] file, Wanted wanted) {
        return (Verdict.Accepted) READER.read(file, wanted);
    }

    @Test
    void oneReadGivesMeasuresAndAPreview() throws IOException {
        byte[] photograph = Scenes.jpeg(Scenes.scene(1, 1600, 1200), 0.95f);

        Verdict.Accepted read = read(photograph, Wanted.measured(1024));

        assertThat(read.image().orElseThrow().getWidth()).isEqualTo(1024);
        assertThat(read.image().orElseThrow().getHeight()).isEqualTo(768);
        Measured measured = read.measured().orElseThrow();
        assertThat(measured.width()).isEqualTo(1600);
        assertThat(measured.effectiveWidth()).isEqualTo(1600);
        assertThat(Weaknesses.of(measured, 512)).isEmpty();
    }

    @Test
    void measuresDoNotDependOnWhatElseIsWanted() throws IOException {
        byte[] photograph = Scenes.jpeg(Scenes.scene(2, 1300, 900), 0.9f);
        Measured alone = read(photograph, Wanted.measured()).measured().orElseThrow();

        assertThat(read(photograph, Wanted.measured(1024)).measured()).contains(alone);
        assertThat(read(photograph, Wanted.measured(300)).measured()).contains(alone);
        assertThat(read(photograph, Wanted.measured()).image()).isEmpty();
        assertThat(read(photograph, Wanted.within(300, 300)).measured()).isEmpty();
    }

    @Test
    void samePixelsAreFoundAcrossFormats() {
        BufferedImage scene = Scenes.scene(3, 400, 300);
        Measured png = read(Pixels.png(scene), Wanted.measured()).measured().orElseThrow();
        Measured bmp = read(bmp(scene), Wanted.measured()).measured().orElseThrow();

        assertThat(png.fingerprint().samePixels(bmp.fingerprint())).isTrue();
        assertThat(SimilarPictures.in(List.of(png, bmp)))
                .containsExactly(new SimilarPictures.Group(
                        0, List.of(new SimilarPictures.Likeness(1, 0, SimilarPictures.Kind.DUPLICATE))));
    }

    private static byte[] bmp(BufferedImage image) {
        var bytes = new java.io.ByteArrayOutputStream();
        try {
            javax.imageio.ImageIO.write(image, "bmp", bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
