package athanor.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PictureLimitsTest {

    private static final PictureLimits LIMITS = PictureLimits.standard();

    @Test
    void whatOnlyItsKindMakesTooLargeIsToldHowElseToBeSaved() {
        assertThat(LIMITS.refuse(11_500, 8_600, false)).isEmpty();
        assertThat(LIMITS.refuse(11_500, 8_600, true))
                .contains(
                        "the picture has 11500 x 8600 pixels, more than the 50 megapixels that are decoded here of"
                                + " progressive JPEG, interlaced PNG and lossless or transparent WebP; save it as an ordinary JPEG, or scale it down");
        assertThat(LIMITS.refuse(11_500, 8_700, false))
                .contains(
                        "the picture has 11500 x 8700 pixels, more than the 100 megapixels that are decoded here; scale it down");
    }

    @Test
    void whatWasCutBeforeMayHaveAnyShape() {
        assertThat(LIMITS.refuse(8, 400, false)).isPresent();
        assertThat(LIMITS.ofAnyShape().refuse(8, 400, false)).isEmpty();
    }

    @Test
    void aFileThatIsTooLongIsRefusedUnread() {
        assertThat(LIMITS.refuse(40L << 20)).isEmpty();
        assertThat(LIMITS.refuse((40L << 20) + 1))
                .contains("the file has more than 40 MB, at most 40 are read; save it smaller");
    }
}
