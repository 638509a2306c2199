package athanor.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchOrderTest {

    private static CachedExample example(int width, @Nullable String source) {
        Example example = new Example(
                new float[3 * width * 8], width, 8, "a photo", new Example.Geometry(width, 8, 0, 0), null, source);
        return new CachedExample(example, width / 4, 2, new float[width], new float[width], null);
    }

    @Test
    void anInstanceStandsBesideTheClassPictureOfItsOwn() {
        List<CachedExample> instances = new ArrayList<>();
        List<CachedExample> classPictures = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            instances.add(example(8, "picture " + i));
            classPictures.add(example(i < 3 ? 16 : 24, "picture " + i));
        }
        BatchOrder order = new BatchOrder(instances, classPictures, 2, new StepRandom(7));
        Set<String> seen = new HashSet<>();

        for (long number = 0; number < 12; number++) {
            BatchOrder.Pass pass = order.pass(number);
            assertThat(sources(pass.classPictures())).isEqualTo(sources(pass.instances()));
            assertThat(pass.classPictures())
                    .extracting(CachedExample::latentWidth)
                    .containsOnly(pass.classPictures().get(0).latentWidth());
            seen.addAll(sources(pass.instances()));
        }

        assertThat(seen).hasSize(5);
    }

    @Test
    void anInstanceWithoutOneOfItsOwnStandsBesideAnyOther() {
        List<CachedExample> instances = List.of(example(8, "a"), example(8, null));
        BatchOrder order = new BatchOrder(instances, List.of(example(16, "a")), 2, new StepRandom(7));

        for (long number = 0; number < 4; number++) {
            assertThat(order.pass(number).classPictures()).hasSize(2).allMatch(one -> one.latentWidth() == 4);
        }
    }

    private static List<String> sources(List<CachedExample> examples) {
        return examples.stream()
                .map(example -> String.valueOf(example.example().source()))
                .toList();
    }
}
