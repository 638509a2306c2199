package athanor.sample.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.pictures.Pixels;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContactSheetTest {

    /** Kept beside the test report, so that a person can look at it. */
    private static final Path LOOK = Path.of("target", "contact-sheets");

    @Test
    void tinyPicturesStayCrisp() throws Exception {
        BufferedImage sheet = ContactSheet.paint(sheet(64, 64, 4, 8));
        keep(sheet, "tiny.png");

        SheetLayout layout = SheetLayout.of(sheet(64, 64, 4, 8));
        assertThat(layout.enlarged()).isEqualTo(3);
        assertThat(sheet.getWidth()).isEqualTo(layout.width());
        // the first instance picture's top-left pixel covers 3 x 3 pixels of the sheet
        int left = layout.picturesLeft();
        int top = firstPictureRow(sheet, left);
        int corner = sheet.getRGB(left, top);
        assertThat(corner & 0xffffff).isNotEqualTo(0xfaf8f5);
        assertThat(sheet.getRGB(left + 2, top + 2)).isEqualTo(corner);
    }

    @Test
    void largePicturesAreScaledDown() throws Exception {
        BufferedImage sheet = ContactSheet.paint(sheet(512, 768, 4, 3));
        keep(sheet, "large.png");

        assertThat(SheetLayout.of(sheet(512, 768, 4, 3)).cellHeight()).isEqualTo(352);
        assertThat(sheet.getWidth()).isLessThan(1400);
    }

    @Test
    void aSheetWithoutRowsIsRefused() {
        assertThatThrownBy(() -> new Sheet("run", "", List.of(), List.of(), List.of()))
                .hasMessageContaining("at least one row");
    }

    @Test
    void aWordWiderThanItsRoomIsCut() {
        Graphics2D canvas = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR).createGraphics();

        List<String> lines = Lettering.wrap(canvas, Lettering.TEXT, "a " + "x".repeat(100), 100);

        assertThat(lines).hasSizeGreaterThan(3);
        assertThat(String.join("", lines)).isEqualTo("a" + "x".repeat(100));
    }

    private static int firstPictureRow(BufferedImage sheet, int x) {
        for (int y = 80; y < sheet.getHeight(); y++) {
            if ((sheet.getRGB(x, y) & 0xffffff) != 0xfaf8f5) {
                return y;
            }
        }
        throw new AssertionError("no picture on the sheet");
    }

    private static Sheet sheet(int width, int height, int perPrompt, int instances) {
        List<Long> seeds = new ArrayList<>();
        for (long seed = 1000; seeds.size() < perPrompt; seed++) {
            seeds.add(seed);
        }
        return new Sheet(
                "anna-on-tiny",
                "base tiny · 300 steps · rank 4 · dpmpp_2m_karras, 20 steps, guidance 3 · LoRA at strength 1",
                seeds,
                List.of(
                        new SheetGroup(
                                false,
                                List.of(new SheetRow(
                                        "what it was shown",
                                        instances + " instance pictures",
                                        false,
                                        faces(width, height, instances, 1)))),
                        pair("a photo of a sks woman", width, height, perPrompt),
                        pair(
                                "a photo of a sks woman, full body, in a park with a very long explanation",
                                width,
                                height,
                                perPrompt),
                        pair("a photo of a woman", width, height, perPrompt)),
                List.of(
                        "\"a photo of a sks woman\": the LoRA moved the pictures by 41.2 of 255 grey levels; colours in common"
                                + " with the instance pictures: 31 % without it, 72 % with it.",
                        "The class moved 0.31 times as far as the subject."));
    }

    private static SheetGroup pair(String prompt, int width, int height, int count) {
        return new SheetGroup(
                true,
                List.of(
                        new SheetRow("without the LoRA", "“" + prompt + "”", false, faces(width, height, count, 2)),
                        new SheetRow("with the LoRA", "“" + prompt + "”", true, faces(width, height, count, 3))));
    }

    private static List<BufferedImage> faces(int width, int height, int count, int kind) {
        List<BufferedImage> faces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BufferedImage face = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
            Graphics2D canvas = face.createGraphics();
            canvas.setColor(Color.getHSBColor(0.1f * i, 0.4f, 0.8f));
            canvas.fillRect(0, 0, width, height);
            canvas.setColor(Color.getHSBColor(0.3f * kind, 0.6f, 0.6f));
            canvas.fillOval(width / 4, height / 5, width / 2, height / 2);
            canvas.dispose();
            faces.add(face);
        }
        return faces;
    }

    private static void keep(BufferedImage sheet, String name) throws Exception {
        Files.createDirectories(LOOK);
        Files.write(LOOK.resolve(name), Pixels.png(sheet));
    }
}
