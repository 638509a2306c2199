package athanor.sample.render;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.diffusion.sampler.SamplerName;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LibrarySamplerTest {

    @Test
    void everySamplerOfTheLibraryCanBeAskedFor() {
        assertThat(Arrays.stream(athanor.contracts.recipe.SamplerName.values()).map(LibrarySampler::of))
                .containsExactlyInAnyOrder(SamplerName.values());
    }
}
