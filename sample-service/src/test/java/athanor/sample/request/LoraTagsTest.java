package athanor.sample.request;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.sample.request.LoraTags.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoraTagsTest {

    @Test
    void tagsNameLorasAndAreNoWords() {
        assertThat(LoraTags.of("a photo <lora:anna:0.8> of a woman, <lyco:oil paint>"))
                .isEqualTo(new LoraTags("a photo of a woman,", List.of(new Tag("anna", 0.8), new Tag("oil paint", 1))));
    }

    @Test
    void ofTwoNumbersTheUnetsCounts() {
        assertThat(LoraTags.of("<lora:a:0.2:.9> <lora:b:te=1:unet=-0.5>").tags())
                .containsExactly(new Tag("a", 0.9), new Tag("b", -0.5));
    }

    @Test
    void whatIsNoTagStaysAsItIsTyped() {
        for (String prompt : List.of("a  photo", "a <hypernet:x:1> b", "<lora:>", "<lora:a:high>", "a < b > c", "")) {
            assertThat(LoraTags.of(prompt)).isEqualTo(new LoraTags(prompt, List.of()));
        }
    }
}
