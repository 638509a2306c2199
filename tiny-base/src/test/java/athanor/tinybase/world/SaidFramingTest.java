package athanor.tinybase.world;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.guards.FramingWords;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the suite reads from captions of the drawn world is what was drawn. */
class SaidFramingTest {

    private static final int SCENES = 3_000;

    private static final Map<Framing, athanor.contracts.picture.Framing> MEANT = Map.of(
            Framing.CLOSE_UP, athanor.contracts.picture.Framing.CLOSE_UP,
            Framing.HALF_BODY, athanor.contracts.picture.Framing.HALF,
            Framing.FULL_BODY, athanor.contracts.picture.Framing.FULL);

    @Test
    void aFramingThatIsSaidIsReadAndNoOtherIs() {
        Random random = new Random(1);
        int said = 0;
        for (int i = 0; i < SCENES; i++) {
            Scene scene = Scene.random(random);
            String caption = Captions.random(scene, random);
            boolean says = caption.contains(scene.framing().word());
            said += says ? 1 : 0;
            assertThat(FramingWords.namedIn(caption))
                    .as(caption)
                    .isEqualTo(says ? Set.of(MEANT.get(scene.framing())) : Set.of());
        }
        assertThat(said).isGreaterThan(SCENES / 2);
    }

    @Test
    void theCaptionOfASubjectAlwaysSaysIt() {
        Random random = new Random(2);
        for (int i = 0; i < SCENES; i++) {
            Scene scene = Scene.random(random);
            assertThat(FramingWords.namedIn(Captions.ofSubject(scene, "sks")))
                    .containsExactly(MEANT.get(scene.framing()));
        }
    }
}
