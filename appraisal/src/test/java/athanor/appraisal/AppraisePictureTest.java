package athanor.appraisal;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.picture.Finding;
import athanor.contracts.picture.FindingCode;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.PictureLook;
import athanor.people.People;
import athanor.pictures.reader.PictureReader;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.awt.image.RescaleOp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a photograph of one of the neighbours' tests. */
class AppraisePictureTest {

    private static final Expected A_WOMAN = new Expected(512, true);
    private static final Expected A_SHOE = new Expected(512, false);

    private static final Path ASTRONAUT = Path.of("../people/src/test/resources/photographs/astronaut.jpg");

    private static PictureReader reader;
    private static People people;
    private static BufferedImage photograph;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() throws IOException {
        reader = PictureReader.standard();
        people = People.standard();
        photograph = ImageIO.read(ASTRONAUT.toFile());
    }

    @AfterAll
    static void close() {
        reader.close();
        people.close();
    }

    private PictureLook look(BufferedImage image, Expected expected) throws IOException {
        Path file = folder.resolve("picture.png");
        ImageIO.write(image, "png", file.toFile());
        return ((Appraisal.Usable) new AppraisePicture(reader, people).of(file, expected)).look();
    }

    private List<FindingCode> codes(BufferedImage image, Expected expected) throws IOException {
        return look(image, expected).findings().stream().map(Finding::code).toList();
    }

    @Test
    void aGoodPhotographHasNoFinding() throws IOException {
        PictureLook look = look(photograph, A_WOMAN);

        assertThat(look.findings()).isEmpty();
        assertThat(look.measured().effectiveWidth()).isEqualTo(512);
        assertThat(look.people().faces()).hasSize(1);
        assertThat(look.people().people()).isEqualTo(1);
        assertThat(look.people().faces().get(0).x()).isBetween(0.30, 0.40);
        assertThat(look.people().framing()).isEqualTo(Framing.HALF);
        assertThat(look.people().detector()).contains("BlazeFace");
        assertThat(look.measured().faceSharpness()).isPositive();
        assertThat(look.measured().faceBlur()).isLessThan(1);
    }

    @Test
    void aBlurredOneIsCalledSoAndItsFaceToo() throws IOException {
        assertThat(codes(blurred(photograph), A_WOMAN)).contains(FindingCode.BLURRED);
    }

    @Test
    void aSoftFaceInASharpPictureIsCalledSo() throws IOException {
        BufferedImage softFace = copy(photograph);
        softFace.getGraphics().drawImage(blurred(photograph.getSubimage(150, 30, 150, 190)), 150, 30, null);

        assertThat(codes(softFace, A_WOMAN)).contains(FindingCode.FACE_BLURRED).doesNotContain(FindingCode.BLURRED);
    }

    @Test
    void anEnlargedOneHasTheSizeThatItHadBefore() throws IOException {
        PictureLook look = look(enlarged(photograph, 3), A_WOMAN);

        assertThat(look.findings()).extracting(Finding::code).contains(FindingCode.UPSCALED);
        assertThat(look.measured().effectiveWidth()).isBetween(300, 800);
    }

    @Test
    void aDarkOneIsCalledSo() throws IOException {
        BufferedImage dark = new RescaleOp(0.2f, 0, null).filter(photograph, null);

        assertThat(codes(dark, A_SHOE)).contains(FindingCode.DARK);
    }

    @Test
    void twoPeopleAreTooManyForOneSubject() throws IOException {
        BufferedImage two = new BufferedImage(1024, 512, BufferedImage.TYPE_3BYTE_BGR);
        two.getGraphics().drawImage(photograph, 0, 0, null);
        two.getGraphics().drawImage(photograph, 512, 0, null);

        assertThat(codes(two, A_WOMAN)).contains(FindingCode.SEVERAL_PEOPLE);
        assertThat(codes(two, A_SHOE)).doesNotContain(FindingCode.SEVERAL_PEOPLE);
    }

    @Test
    void whatWasFoundForOneRecipeIsFoundAnewForAnother() throws IOException {
        BufferedImage two = new BufferedImage(1024, 512, BufferedImage.TYPE_3BYTE_BGR);
        two.getGraphics().drawImage(enlarged(photograph, 2), 0, 0, null);
        two.getGraphics().drawImage(photograph, 512, 0, null);
        for (BufferedImage picture : List.of(photograph, enlarged(photograph, 3), two)) {
            for (Expected first : List.of(A_WOMAN, A_SHOE)) {
                for (Expected second : List.of(new Expected(64, false), new Expected(1024, true))) {
                    assertThat(LookForRecipe.of(look(picture, first), second).findings())
                            .containsExactlyInAnyOrderElementsOf(
                                    look(picture, second).findings());
                }
            }
        }
    }

    @Test
    void whereNobodyIsThePersonIsMissed() throws IOException {
        BufferedImage flag = enlarged(photograph.getSubimage(0, 0, 130, 300), 1);

        assertThat(codes(flag, new Expected(100, true))).contains(FindingCode.NO_PERSON);
        assertThat(codes(flag, new Expected(100, false))).doesNotContain(FindingCode.NO_PERSON);
    }

    @Test
    void inADrawingNobodyLooksForPeople() throws IOException {
        BufferedImage drawing = new BufferedImage(600, 600, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = drawing.createGraphics();
        canvas.setColor(java.awt.Color.ORANGE);
        canvas.fillRect(0, 0, 600, 600);
        canvas.setColor(java.awt.Color.BLUE);
        canvas.fillOval(200, 100, 200, 400);
        canvas.dispose();

        PictureLook look = look(drawing, A_WOMAN);

        assertThat(look.people()).isNull();
        assertThat(look.findings()).isEmpty();
    }

    @Test
    void whereNobodyCanLookNothingIsSaidOfPeople() throws IOException {
        try (People blind = People.none()) {
            Appraisal.Usable picture = (Appraisal.Usable) new AppraisePicture(reader, blind).of(ASTRONAUT, A_WOMAN);

            assertThat(picture.look().people()).isNull();
            assertThat(picture.look().findings()).isEmpty();
            assertThat(picture.look().measured()).isNotNull();
        }
    }

    @Test
    void whatIsNoPictureIsRefusedWithACode() throws IOException {
        Path file = Files.writeString(folder.resolve("a.jpg"), "words");

        assertThat(new AppraisePicture(reader, people).of(file, A_WOMAN))
                .isInstanceOfSatisfying(
                        Appraisal.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(FindingCode.NO_PICTURE));
    }

    private static BufferedImage copy(BufferedImage image) {
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        copy.getGraphics().drawImage(image, 0, 0, null);
        return copy;
    }

    /** Gauss, sigma 3. */
    private static BufferedImage blurred(BufferedImage image) {
        float[] row = new float[19];
        float sum = 0;
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) Math.exp(-(i - 9) * (i - 9) / 18.0);
            sum += row[i];
        }
        for (int i = 0; i < row.length; i++) {
            row[i] /= sum;
        }
        BufferedImage across =
                new ConvolveOp(new Kernel(row.length, 1, row), ConvolveOp.EDGE_NO_OP, null).filter(copy(image), null);
        return new ConvolveOp(new Kernel(1, row.length, row), ConvolveOp.EDGE_NO_OP, null).filter(across, null);
    }

    private static BufferedImage enlarged(BufferedImage image, int factor) {
        BufferedImage large =
                new BufferedImage(image.getWidth() * factor, image.getHeight() * factor, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = large.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        canvas.drawImage(image, 0, 0, large.getWidth(), large.getHeight(), null);
        canvas.dispose();
        return large;
    }
}
