package athanor.diffusion.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfFloatTest {

    @Test
    void everyHalfSurvivesTheWayToFloatAndBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float wide = HalfFloat.toFloat((short) bits);
            short back = HalfFloat.fromFloat(wide);
            if (Float.isNaN(wide)) {
                assertThat(HalfFloat.toFloat(back)).isNaN();
            } else {
                assertThat(back).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void everyBfloat16SurvivesTheWayToFloatAndBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float wide = HalfFloat.bfloat16ToFloat((short) bits);
            short back = HalfFloat.bfloat16FromFloat(wide);
            if (Float.isNaN(wide)) {
                assertThat(HalfFloat.bfloat16ToFloat(back)).isNaN();
            } else {
                assertThat(back).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void betweenTwoHalvesTheEvenOneWins() {
        for (int bits = 0; bits < 0x7bff; bits++) {
            float low = HalfFloat.toFloat((short) bits);
            float high = HalfFloat.toFloat((short) (bits + 1));
            float middle = (low + high) / 2; // exact: a half has 11 bits, a float 24
            assertThat(HalfFloat.fromFloat(middle)).isEqualTo((short) (bits % 2 == 0 ? bits : bits + 1));
            assertThat(HalfFloat.fromFloat(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(HalfFloat.fromFloat(-Math.nextUp(middle))).isEqualTo((short) (0x8000 | bits + 1));
        }
    }

    @Test
    void whatIsTooLargeBecomesInfinite() {
        assertThat(HalfFloat.toFloat(HalfFloat.fromFloat(65504f))).isEqualTo(65504f);
        assertThat(HalfFloat.toFloat(HalfFloat.fromFloat(65519.99f))).isEqualTo(65504f);
        assertThat(HalfFloat.toFloat(HalfFloat.fromFloat(65520f))).isInfinite();
        assertThat(HalfFloat.toFloat(HalfFloat.fromFloat(-1e30f))).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(HalfFloat.bfloat16ToFloat(HalfFloat.bfloat16FromFloat(Float.MAX_VALUE)))
                .isInfinite();
    }

    @Test
    void bfloat16RoundsToTheNearestEven() {
        assertThat(HalfFloat.bfloat16FromFloat(Float.intBitsToFloat(0x3f808000)))
                .isEqualTo((short) 0x3f80);
        assertThat(HalfFloat.bfloat16FromFloat(Float.intBitsToFloat(0x3f818000)))
                .isEqualTo((short) 0x3f82);
        assertThat(HalfFloat.bfloat16FromFloat(Float.intBitsToFloat(0x3f808001)))
                .isEqualTo((short) 0x3f81);
    }
}
