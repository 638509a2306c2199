package athanor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SameAgainTest {

    private static final List<BufferedImage> INSTANCES = List.of(blobs(1), blobs(2), blobs(3));
    private static final List<BufferedImage> BASE = List.of(blobs(11), blobs(12));

    /** A few soft squares, laid out by the seed. */
    private static BufferedImage blobs(long seed) {
        Random random = new Random(seed);
        int[] levels = random.ints(36, 20, 230).toArray();
        BufferedImage picture = new BufferedImage(96, 96, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < 96 * 96; i++) {
            int level = levels[i / 96 / 16 * 6 + i % 96 / 16];
            picture.setRGB(i % 96, i / 96, level << 16 | level << 8 | level);
        }
        return picture;
    }

    private static BufferedImage brighter(BufferedImage picture) {
        BufferedImage brighter = new BufferedImage(96, 96, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < 96 * 96; i++) {
            int level = Math.min(255, (picture.getRGB(i % 96, i / 96) & 255) + 20);
            brighter.setRGB(i % 96, i / 96, level << 16 | level << 8 | level);
        }
        return brighter;
    }

    @Test
    void aTrainingPictureIsKnownAgainWhenItIsBrighter() {
        SameAgain again = SameAgain.of(INSTANCES, BASE);

        assertThat(again.isTelling()).isTrue();
        assertThat(again.isCopy(brighter(INSTANCES.get(1)))).isTrue();
        assertThat(again.isCopy(blobs(21))).isFalse();
    }

    @Test
    void whereTheBaseDrawsTheSameByItselfHashesTellNothing() {
        SameAgain again = SameAgain.of(INSTANCES, List.of(BASE.get(0), brighter(INSTANCES.get(2))));

        assertThat(again.isTelling()).isFalse();
        assertThat(again.isCopy(INSTANCES.get(2))).isFalse();
    }

    @Test
    void aSetThatHoldsAPictureTwiceTellsNothing() {
        assertThat(SameAgain.of(List.of(blobs(1), blobs(2), brighter(blobs(1))), BASE)
                        .isTelling())
                .isFalse();
    }
}
