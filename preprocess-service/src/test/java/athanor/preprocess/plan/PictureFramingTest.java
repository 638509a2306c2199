package athanor.preprocess.plan;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.Framing;
import org.junit.jupiter.api.Test;

class PictureFramingTest {

    private static final AcceptedPicture CAPTIONED = new AcceptedPicture(
            "0".repeat(64),
            new ObjectRef("athanor", "a", 1, "0".repeat(64)),
            "a.png",
            new Size(64, 64),
            "PNG",
            "close-up of a woman",
            null);

    @Test
    void whatItsOwnerSaysOfAPictureComesBeforeItsCaption() {
        assertThat(PictureFraming.of(CAPTIONED)).contains(Framing.CLOSE_UP);
        assertThat(PictureFraming.of(CAPTIONED.framedAs(Framing.FULL))).contains(Framing.FULL);
        assertThat(PictureFraming.of(CAPTIONED.framedAs(null))).contains(Framing.CLOSE_UP);
    }

    @Test
    void nobodyInAPictureIsNoFraming() {
        assertThat(PictureFraming.of(CAPTIONED.framedAs(Framing.NONE))).isEmpty();
    }
}
