package athanor.sample.proof;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.pictures.Pixels;
import athanor.proof.Asked;
import athanor.proof.Proof;
import athanor.proof.ProofPlan;
import athanor.proof.ProveLora;
import athanor.proof.Studio;
import athanor.proof.Trial;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A full proof of a LoRA that paints green what is called sks. */
class ProofSheetTest {

    private static final Path LOOK = Path.of("target", "contact-sheets");

    private static final ProofPlan FULL = new ProofPlan(
            "a sks thing",
            "a thing",
            List.of("close-up", "half body", "full body"),
            List.of(50, 100, 150, 200, 250, 300, 350, 400),
            List.of(0.4, 0.6, 0.8, 1.2, 1.4),
            true,
            2,
            4,
            1,
            List.of(1.5));

    private static BufferedImage paint(double green, Random random) {
        BufferedImage picture = new BufferedImage(64, 96, BufferedImage.TYPE_3BYTE_BGR);
        int less = (int) (180 * (1 - Math.min(1, green)));
        for (int i = 0; i < 64 * 96; i++) {
            picture.setRGB(i % 64, i / 64, new Color(less, 180 + random.nextInt(20), less).getRGB());
        }
        return picture;
    }

    private static final Studio STUDIO = new Studio() {

        @Override
        public List<BufferedImage> draw(@Nullable Trial trial, List<Asked> wanted) {
            return draw(trial, wanted, 1);
        }

        @Override
        public List<BufferedImage> draw(@Nullable Trial trial, List<Asked> wanted, double times) {
            return wanted.stream()
                    .map(asked -> paint(
                            trial == null || !asked.prompt().contains("sks")
                                    ? 0
                                    : trial.step() / 400.0 * trial.strength(),
                            new Random(asked.seed())))
                    .toList();
        }

        @Override
        public List<float[]> look(List<BufferedImage> pictures) {
            return pictures.stream()
                    .map(picture -> new float[] {picture.getRGB(3, 3) & 255, picture.getRGB(9, 9) >> 8 & 255})
                    .toList();
        }
    };

    static Proof proof() {
        List<BufferedImage> instances = IntStream.range(0, 6)
                .mapToObj(i -> paint(0.95 + 0.01 * i, new Random(900 + i)))
                .toList();
        return ProveLora.prove(FULL, instances, STUDIO);
    }

    @Test
    void ofManyTrialsTheSheetShowsThoseNearestToTheRecommendedOneAndStaysOnePicture() throws Exception {
        Proof proof = proof();

        BufferedImage sheet = ProofSheet.paint(proof, "anna");

        Files.createDirectories(LOOK);
        Files.write(LOOK.resolve("full-proof.png"), Pixels.png(sheet));
        assertThat(proof.trials()).hasSize(8 * 6);
        assertThat(sheet.getHeight()).isLessThan(2_000);
    }

    @Test
    void thePageHasAllOfThemAndTheSizes() {
        Proof proof = proof();

        String page = ProofPage.markdown(proof, "anna", "proof.png", "64x96");

        assertThat(page.lines().filter(line -> line.contains(" | 0.4 | ") || line.contains(" | 1.4 | ")))
                .as("eight checkpoints at each")
                .hasSize(16);
        assertThat(page)
                .contains("## Larger than it was trained", "| 1.5 | ")
                .contains("Not known: whether framings come")
                .doesNotContain("## Framings and figures");
    }
}
