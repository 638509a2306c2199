package athanor.people.framing;

import static athanor.people.Photographs.photograph;
import static athanor.people.Photographs.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.people.People;
import athanor.people.PeopleSeen;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Photographs, whole and cut, through detectors and rule. */
class FramedPhotographsTest {

    private static People people;

    @BeforeAll
    static void open() {
        people = People.standard();
    }

    @AfterAll
    static void close() {
        people.close();
    }

    @ParameterizedTest
    @CsvSource({
        "skier.jpg, FULL",
        "astronaut.jpg, HALF",
        "photographer.jpg, COWBOY",
        "cat.jpg, NONE",
        "coffee.jpg, NONE"
    })
    void photographsAreClassedAsTheyLook(String name, FramingClass expected) {
        Framing framing = framingOf(photograph(name));

        assertThat(framing.framing()).as(framing.why()).isEqualTo(expected);
        assertThat(framing.severalPeople()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "395, FULL", // below the boots
        "330, COWBOY", // shins
        "260, COWBOY", // above the knees
        "125, CLOSE_UP", // below the shoulders
    })
    void aFullFigureCutAtKnownJointsIsWhatIsLeft(int y, FramingClass expected) {
        Framing framing = framingOf(upTo(y, photograph("skier.jpg")));

        assertThat(framing.framing()).as(framing.why()).isEqualTo(expected);
    }

    /** The network squeezes the legs of so small a figure into the picture; the face has no room for them. */
    @ParameterizedTest
    @ValueSource(ints = {190, 200, 206})
    void aFullFigureCutAtTheWaistIsNotTakenForMore(int y) {
        Framing framing = framingOf(upTo(y, photograph("skier.jpg")));

        assertThat(framing.framing()).as(framing.why()).isIn(FramingClass.HALF, FramingClass.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"512, HALF", "400, HALF", "260, CLOSE_UP", "210, CLOSE_UP"})
    void aPortraitCutHigherBecomesACloseUp(int y, FramingClass expected) {
        Framing framing = framingOf(upTo(y, photograph("astronaut.jpg")));

        assertThat(framing.framing()).as(framing.why()).isEqualTo(expected);
    }

    @Test
    void sharesAreThoseOfTheHeadAndTheFigure() {
        Framing framing = framingOf(photograph("skier.jpg"));

        assertThat(framing.headShare().orElseThrow()).isCloseTo(50 / 425.0, within(0.03)); // cap to chin, by eye
        assertThat(framing.figureShare().orElseThrow()).isCloseTo(346 / 425.0, within(0.04));
    }

    private static Framing framingOf(BufferedImage picture) {
        PeopleSeen seen = people.look(picture).orElseThrow(() -> new AssertionError(people.detector()));
        return FramingRule.of(seen, picture.getWidth(), picture.getHeight());
    }
}
