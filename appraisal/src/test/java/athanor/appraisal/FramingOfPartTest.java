package athanor.appraisal;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.Size;
import athanor.contracts.json.Json;
import athanor.contracts.picture.FaceSeen;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.PeopleLook;
import athanor.contracts.picture.PoseSeen;
import athanor.people.JointName;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A standing figure of 7.5 heads of 100 pixels in a picture of 600x900, its crown 50 pixels below the upper edge. */
class FramingOfPartTest {

    private static final Size SIZE = new Size(600, 900);
    private static final PeopleLook STANDING = new PeopleLook(
            List.of(new FaceSeen(0.44, (50 + 18.5) / 900, 0.12, 74.0 / 900, 0.9)),
            1,
            Framing.FULL,
            0.11,
            "ankle and foot are in the picture",
            "a detector",
            new PoseSeen(0.99, 1 / 3.0, 50 / 900.0, 1 / 3.0, 750 / 900.0, joints()));

    @ParameterizedTest
    @CsvSource({
        "0, 900, FULL",
        "0, 830, FULL", // below the feet
        "0, 740, COWBOY", // through the shins
        "0, 470, HALF", // below the hips
        "0, 270, CLOSE_UP", // chest
        "250, 650, HEADLESS" // from the shoulders down
    })
    void whereThePartEndsDecides(double top, double height, Framing expected) {
        assertThat(FramingOfPart.of(STANDING, SIZE, new FramingOfPart.Part(0, top, 600, height)))
                .contains(expected);
    }

    @Test
    void theSidesOfAFigureMayBeCutOff() {
        assertThat(FramingOfPart.of(STANDING, SIZE, new FramingOfPart.Part(150, 0, 300, 900)))
                .contains(Framing.FULL);
    }

    @Test
    void aPartWithoutThePersonShowsNobody() {
        assertThat(FramingOfPart.of(STANDING, SIZE, new FramingOfPart.Part(0, 0, 600, 40))
                        .filter(Framing::shows))
                .isEmpty();
    }

    @Test
    void withoutTheJointsThatItWasJudgedByNothingIsSaidOfAPart() {
        PeopleLook older = new PeopleLook(
                STANDING.faces(), 1, Framing.FULL, 0.11, "ankle and foot are in the picture", "a detector");

        assertThat(FramingOfPart.of(older, SIZE, new FramingOfPart.Part(0, 0, 600, 470)))
                .isEmpty();
    }

    @Test
    void whatIsWrittenDownComesBack() {
        assertThat(Json.read(Json.bytes(STANDING), PeopleLook.class)).isEqualTo(STANDING);
    }

    private static List<PoseSeen.JointSeen> joints() {
        return Arrays.stream(JointName.values())
                .map(name -> new PoseSeen.JointSeen(0.5, (50 + heads(name) * 100) / 900, 0.99))
                .toList();
    }

    private static double heads(JointName name) {
        return switch (name) {
            case LEFT_SHOULDER, RIGHT_SHOULDER -> 1.4;
            case LEFT_ELBOW, RIGHT_ELBOW -> 2.9;
            case LEFT_HIP, RIGHT_HIP -> 3.9;
            case LEFT_KNEE, RIGHT_KNEE -> 5.6;
            case LEFT_ANKLE, RIGHT_ANKLE, LEFT_HEEL, RIGHT_HEEL -> 7.2;
            case LEFT_FOOT_INDEX, RIGHT_FOOT_INDEX -> 7.4;
            case LEFT_WRIST, RIGHT_WRIST, LEFT_PINKY, RIGHT_PINKY, LEFT_INDEX, RIGHT_INDEX, LEFT_THUMB, RIGHT_THUMB ->
                4;
            default -> 0.6;
        };
    }
}
