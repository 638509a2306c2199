package athanor.diffusion.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTest {

    @Test
    void bfloat16IsOneOfTheFlagsThatLinuxLists() {
        assertThat(Processor.hasBfloat16(List.of("model name\t: X", "flags\t\t: fpu avx512f avx512_bf16 sse2")))
                .isTrue();
        assertThat(Processor.hasBfloat16(List.of("Features\t: fp asimd bf16 i8mm")))
                .isTrue();
        assertThat(Processor.hasBfloat16(List.of("flags\t\t: fpu avx2 avx512f avx512vl")))
                .isFalse();
        assertThat(Processor.hasBfloat16(List.of("model name\t: a bf16 wonder")))
                .isFalse();
        assertThat(Processor.hasBfloat16(List.of())).isFalse();
    }

    @Test
    void matrixProductsAreSlowWhereTheWideRegistersAreNotIntels() {
        String wide = "flags\t\t: fpu avx2 avx512f avx512vl";
        String narrow = "flags\t\t: fpu avx2";
        assertThat(Processor.multipliesAtHalfSpeed(List.of("vendor_id\t: AuthenticAMD", wide)))
                .isTrue();
        assertThat(Processor.multipliesAtHalfSpeed(List.of("vendor_id\t: AuthenticAMD", narrow)))
                .isFalse();
        assertThat(Processor.multipliesAtHalfSpeed(List.of("vendor_id\t: GenuineIntel", wide)))
                .isFalse();
    }
}
