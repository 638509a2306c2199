package athanor.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** In a world of plain colours: the subject is green, its kind is grey, and a close-up is brighter than a full body. */
class ProveLoraTest {

    private static final ProofPlan PLAN = new ProofPlan(
            "a sks thing",
            "a thing",
            List.of("close-up", "full body"),
            List.of(100, 200, 300),
            List.of(0.5),
            false,
            4,
            8,
            1,
            List.of(1.5, 2.0));

    /** Step 100 has half learnt the subject, 200 has, and after 300 everything is the subject, in one framing. */
    private static final class Colours implements Studio {

        private final List<Trial> tried = new ArrayList<>();

        @Override
        public List<BufferedImage> draw(@Nullable Trial trial, List<Asked> wanted) {
            if (trial != null) {
                tried.add(trial);
            }
            return wanted.stream().map(asked -> picture(trial, asked)).toList();
        }

        private static BufferedImage picture(@Nullable Trial trial, Asked asked) {
            double learnt = trial == null ? 0 : Math.min(1, trial.step() / 200.0) * trial.strength();
            boolean everything = trial != null && trial.step() == 300 && trial.strength() == 1;
            double green = asked.prompt().contains("sks") || everything ? learnt : 0;
            boolean close = asked.prompt().endsWith("close-up") || everything;
            boolean far = asked.prompt().endsWith("full body") && !everything;
            return paint(green, close ? 200 : far ? 60 : 130, new Random(asked.seed()));
        }

        static BufferedImage paint(double green, int brightness, Random random) {
            BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < 64; i++) {
                int grey = Math.max(1, Math.min(255, brightness + (int) (25 * random.nextGaussian())));
                int less = (int) (grey * (1 - 0.6 * green));
                picture.setRGB(i % 8, i / 8, less << 16 | grey << 8 | less);
            }
            return picture;
        }

        /** At twice the size nothing of the subject is left. */
        @Override
        public List<BufferedImage> draw(@Nullable Trial trial, List<Asked> wanted, double times) {
            return wanted.stream()
                    .map(asked -> picture(times < 2 ? trial : null, asked))
                    .toList();
        }

        @Override
        public List<float[]> look(List<BufferedImage> pictures) {
            return pictures.stream().map(Colours::look).toList();
        }

        /** Green is a person; what is bright is a close-up. */
        @Override
        public List<Optional<Sight>> see(List<BufferedImage> pictures) {
            return pictures.stream()
                    .map(Colours::look)
                    .map(seen -> seen[0] < 0.2 ? Optional.<Sight>empty() : Optional.of(sight(seen[1])))
                    .toList();
        }

        private static Sight sight(float brightness) {
            return new Sight(brightness > 160 ? "close-up" : brightness < 90 ? "full body" : "", false);
        }

        private static float[] look(BufferedImage picture) {
            float[] seen = new float[2 + 8]; // how green, how bright, and eight pixels that make it this very picture
            for (int i = 0; i < 64; i++) {
                int rgb = picture.getRGB(i % 8, i / 8);
                int brightness = rgb >> 8 & 255;
                seen[0] += (brightness - (rgb & 255)) / 64f / brightness;
                seen[1] += brightness / 64f;
                if (i < 8) {
                    seen[2 + i] = brightness;
                }
            }
            for (int i = 0; i < 8; i++) {
                seen[2 + i] -= seen[1];
            }
            return seen;
        }
    }

    private final Colours studio = new Colours();

    private static List<BufferedImage> instances(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Colours.paint(1, 60 + 70 * (i % 3), new Random(900 + i)))
                .toList();
    }

    @Test
    void theCheckpointThatShowsTheSubjectAndKeepsTheClassIsRecommended() {
        Proof proof = ProveLora.prove(PLAN, instances(9), studio);

        assertThat(proof.separation()).isGreaterThan(0.95);
        assertThat(proof.recommended().trial()).isEqualTo(new Trial(200, 1));
        assertThat(proof.recommended().identity().value()).isGreaterThan(0.85);
        assertThat(proof.recommended().leak().value()).isLessThan(0.15);
        assertThat(studio.tried)
                .as("each checkpoint as it was trained, then the other strength of the best")
                .containsExactly(new Trial(100, 1), new Trial(200, 1), new Trial(300, 1), new Trial(200, 0.5));
    }

    @Test
    void whatIsWrongWithTheOthersIsMeasured() {
        Proof proof = ProveLora.prove(PLAN, instances(9), studio);

        ProvedTrial half = proof.trials().get(0);
        ProvedTrial over = proof.asTrained();
        assertThat(half.identity().value()).isBetween(0.25, 0.75);
        assertThat(over.leak().value()).as("everything is the subject").isGreaterThan(0.85);
        assertThat(over.classShift()).isGreaterThan(3);
        assertThat(proof.identityFloor().value()).isLessThan(0.15);
    }

    @Test
    void itIsSaidInOneSentenceAndItsReasons() {
        Proof proof = ProveLora.prove(PLAN, instances(9), studio);

        assertThat(Findings.recommendation(proof))
                .startsWith("Use the checkpoint of step 200 at strength 1: ")
                .contains("of the subject under its trigger")
                .contains("the finished one at strength 1 has");
        assertThat(Findings.of(proof)).anyMatch(sentence -> sentence.startsWith("\"a thing\" stays what it was"));
    }

    @Test
    void framingsAreToldWhereSomebodyFindsThePeopleOfTheInstancePictures() {
        Proof proof = ProveLora.prove(PLAN, instances(9), studio);

        assertThat(proof.sightsKnown()).isTrue();
        assertThat(proof.recommended().framings()).extracting(Framed::words).containsExactly("close-up", "full body");
        assertThat(proof.recommended().framings())
                .allSatisfy(framed -> assertThat(framed.delivered().value()).isEqualTo(1));
        Framed whole = proof.asTrained().framings().get(1);
        assertThat(whole.delivered().value()).as("everything is a close-up").isZero();
        assertThat(proof.recommended().broken().orElseThrow().value()).isZero();
    }

    @Test
    void whereNobodyIsFoundNothingIsSaidOfFramings() {
        List<BufferedImage> grey = IntStream.range(0, 9)
                .mapToObj(i -> Colours.paint(0.2, 60 + 70 * (i % 3), new Random(900 + i)))
                .toList();

        Proof proof = ProveLora.prove(PLAN, grey, studio);

        assertThat(proof.sightsKnown()).isFalse();
        assertThat(proof.trials()).allSatisfy(tried -> {
            assertThat(tried.framings()).isEmpty();
            assertThat(tried.broken()).isEmpty();
        });
        assertThat(Findings.of(proof)).anyMatch(sentence -> sentence.startsWith("Not known: whether framings come"));
    }

    @Test
    void theLargestSizeAtWhichItHoldsIsSaid() {
        Proof proof = ProveLora.prove(PLAN, instances(9), studio);

        assertThat(proof.envelope()).extracting(AtSize::times).containsExactly(1.5, 2.0);
        assertThat(Findings.of(proof))
                .anyMatch(sentence -> sentence.startsWith(
                        "It holds up to 1.5 times the trained size; at 2 times the subject goes, "));
    }

    @Test
    void whatIsDrawnAsItWasShownIsACopy() {
        List<BufferedImage> shown = instances(9);
        Proof proof = ProveLora.prove(PLAN, shown, new Studio() {
            @Override
            public List<BufferedImage> draw(@Nullable Trial trial, List<Asked> wanted) {
                return trial == null
                        ? studio.draw(null, wanted)
                        : wanted.stream().map(asked -> shown.get(4)).toList();
            }

            @Override
            public List<float[]> look(List<BufferedImage> pictures) {
                return studio.look(pictures);
            }
        });

        assertThat(proof.asTrained().copies().value()).isEqualTo(1);
        assertThat(Findings.of(proof)).anyMatch(sentence -> sentence.contains("are a training picture again"));
    }

    @Test
    void whatNeverShowsTheSubjectIsNotRecommended() {
        Proof proof = ProveLora.prove(PLAN, instances(9), new Studio() {
            @Override
            public List<BufferedImage> draw(@Nullable Trial trial, List<Asked> wanted) {
                return studio.draw(null, wanted);
            }

            @Override
            public List<float[]> look(List<BufferedImage> pictures) {
                return studio.look(pictures);
            }
        });

        assertThat(Findings.recommendation(proof)).startsWith("Nothing that was tried is of use yet; the best, step ");
    }

    @Test
    void fewPicturesCannotBeHeldOut() {
        assertThatThrownBy(() -> ProveLora.prove(PLAN, instances(2), studio))
                .hasMessage("2 instance pictures, of which none can be held out; wanted at least 3");
    }
}
