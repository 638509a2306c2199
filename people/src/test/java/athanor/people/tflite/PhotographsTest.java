package athanor.people.tflite;

import static athanor.people.Photographs.photograph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.people.Box;
import athanor.people.Face;
import athanor.people.Joint;
import athanor.people.JointName;
import athanor.people.KeyPoint;
import athanor.people.Matte;
import athanor.people.People;
import athanor.people.PeopleSeen;
import athanor.people.Pose;
import athanor.pictures.Resize;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the detectors find in photographs, against places that were read off by eye. */
class PhotographsTest {

    private static People people;

    @BeforeAll
    static void open() {
        people = People.standard();
    }

    @AfterAll
    static void close() {
        people.close();
    }

    @Test
    void whoLooksIsSaidWithVersions() {
        assertThat(people.detector())
                .contains(
                        "BlazeFace full range 0.4.1657300184",
                        "BlazePose full 0.5.1675469404",
                        "TensorFlow Lite 2.20.0");
        assertThat(look(photograph("cat.jpg")).detector()).isEqualTo(people.detector());
    }

    @Test
    void aFaceIsFoundWhereItIs() {
        List<Face> faces = look(photograph("astronaut.jpg")).faces();

        assertThat(faces).hasSize(1);
        assertThat(faces.get(0).score()).isGreaterThan(0.8);
        assertThat(faces.get(0).box().overlap(new Box(178, 68, 98, 104))).isGreaterThan(0.8);
        near(faces.get(0).keyPoint(KeyPoint.Part.RIGHT_EYE), 204, 103);
        near(faces.get(0).keyPoint(KeyPoint.Part.LEFT_EYE), 247, 106);
        near(faces.get(0).keyPoint(KeyPoint.Part.MOUTH), 224, 149);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat.jpg", "coffee.jpg"})
    void whereNobodyIsNobodyIsSeen(String name) {
        PeopleSeen seen = look(photograph(name));

        assertThat(seen.faces()).isEmpty();
        assertThat(seen.pose()).isEmpty();
    }

    @Test
    void aFaceInProfileIsFound() {
        assertThat(look(photograph("photographer.jpg")).faces())
                .singleElement()
                .satisfies(face -> assertThat(face.box().overlap(new Box(195, 115, 70, 85)))
                        .isGreaterThan(0.5));
    }

    @ParameterizedTest
    @CsvSource({
        "NOSE, 366, 80",
        "LEFT_SHOULDER, 407, 110",
        "RIGHT_HIP, 404, 218",
        "LEFT_KNEE, 436, 285",
        "RIGHT_KNEE, 376, 270",
        "LEFT_ANKLE, 470, 358",
        "RIGHT_ANKLE, 398, 342"
    })
    void jointsOfAStandingFigureAreFoundWhereTheyAre(JointName name, double x, double y) {
        Pose pose = look(photograph("skier.jpg")).pose().orElseThrow();

        Joint joint = pose.joint(name);

        assertThat(joint.visibility()).isGreaterThan(0.8);
        assertThat(Math.hypot(joint.x() - x, joint.y() - y)).isLessThan(14);
    }

    @Test
    void aPersonReachesFromTheCrownToTheFeet() {
        Pose pose = look(photograph("skier.jpg")).pose().orElseThrow();

        assertThat(pose.score()).isGreaterThan(0.9);
        assertThat(pose.box().overlap(new Box(280, 44, 215, 346))).isGreaterThan(0.85);
    }

    @Test
    void jointsBelowThePictureAreNotTakenForVisible() {
        Pose pose = look(photograph("astronaut.jpg")).pose().orElseThrow();

        assertThat(pose.joint(JointName.LEFT_KNEE).visibility()).isLessThan(0.3);
        assertThat(pose.joint(JointName.LEFT_KNEE).y()).isGreaterThan(512);
    }

    @Test
    void largePicturesAreMeasuredInTheirOwnPixels() {
        Face face = look(photograph("astronaut.jpg")).faces().get(0);

        PeopleSeen large = look(Resize.to(photograph("astronaut.jpg"), 2560, 2560));

        assertThat(large.faces().get(0).box().overlap(fiveTimes(face.box()))).isGreaterThan(0.9);
        assertThat(large.pose().orElseThrow().joint(JointName.NOSE).x()).isCloseTo(5 * 214, within(30.0));
    }

    @Test
    void smallFacesAreFoundInTilesOfThePicture() {
        BufferedImage wide = new BufferedImage(1400, 1400, BufferedImage.TYPE_3BYTE_BGR);
        wide.createGraphics().drawImage(Resize.to(photograph("astronaut.jpg"), 160, 160), 900, 1100, null);

        assertThat(look(wide).faces())
                .singleElement()
                .satisfies(face -> assertThat(face.box().overlap(new Box(955, 1121, 31, 33)))
                        .isGreaterThan(0.5));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3000", "3000, 1", "5, 2049", "1023, 3"})
    void picturesOfAnyShapeAreLookedAt(int width, int height) {
        BufferedImage thin = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);

        assertThat(look(thin).faces()).isEmpty();
        assertThat(people.matte(thin).orElseThrow().alpha(width - 1, height - 1))
                .isBetween(0f, 1f);
    }

    @Test
    void theMatteTellsAPersonFromTheBackground() {
        Matte matte = people.matte(photograph("astronaut.jpg")).orElseThrow();

        assertThat(matte.alpha(225, 130)).isGreaterThan(0.9f); // face
        assertThat(matte.alpha(200, 400)).isGreaterThan(0.9f); // chest
        assertThat(matte.alpha(370, 60)).isLessThan(0.1f); // the model of a rocket
    }

    @Test
    void threadsThatLookAtTheSameTimeSeeTheSame() {
        List<String> names = List.of("astronaut.jpg", "skier.jpg");
        List<PeopleSeen> alone =
                names.stream().map(name -> look(photograph(name))).toList();

        IntStream.range(0, 12)
                .parallel()
                .forEach(i -> assertThat(look(photograph(names.get(i % 2)))).isEqualTo(alone.get(i % 2)));
    }

    private static PeopleSeen look(BufferedImage picture) {
        return people.look(picture).orElseThrow(() -> new AssertionError(people.detector()));
    }

    private static void near(KeyPoint found, double x, double y) {
        assertThat(Math.hypot(found.x() - x, found.y() - y)).as("%s", found).isLessThan(8);
    }

    private static Box fiveTimes(Box box) {
        return new Box(5 * box.x(), 5 * box.y(), 5 * box.width(), 5 * box.height());
    }
}
