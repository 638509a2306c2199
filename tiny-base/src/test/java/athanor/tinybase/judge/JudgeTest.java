package athanor.tinybase.judge;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.tinybase.world.Cutout;
import athanor.tinybase.world.Figure;
import athanor.tinybase.world.Framing;
import athanor.tinybase.world.Painter;
import athanor.tinybase.world.Scene;
import athanor.tinybase.world.Subject;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final Judge JUDGE = Judge.shipped();

    @AfterAll
    static void close() {
        JUDGE.close();
    }

    @Test
    void theJudgeIsRightAboutDrawingsItWasNotTrainedOn() {
        JudgeAccuracy accuracy = JudgeAccuracy.of(JUDGE, 400, UnaryOperator.identity());

        assertThat(accuracy.shares())
                .allSatisfy((question, share) -> assertThat(share).as(question).isGreaterThan(0.95));
        assertThat(accuracy.headErrorPixels()).isLessThan(1.5);
    }

    @Test
    void blurDoesNotMisleadTheJudge() {
        JudgeAccuracy accuracy = JudgeAccuracy.of(JUDGE, 400, JudgeAccuracy.blurredBy(1));

        assertThat(accuracy.shares())
                .allSatisfy((question, share) -> assertThat(share).as(question).isGreaterThan(0.93));
    }

    @Test
    void aLargerPictureIsJudgedAsTheSmallOne() {
        Scene scene = Scene.random(new Random(11)).of(Subject.AZURE).with(Framing.FULL_BODY);

        Observation large = JUDGE.look(Painter.paint(scene, 256, 256));

        assertThat(large.shows(Subject.AZURE)).isTrue();
        assertThat(large.isWholeFigure()).isTrue();
        assertThat(large.head().orElseThrow().centre().x())
                .isBetween(
                        Figure.of(scene, 256, 256).head().getMinX(),
                        Figure.of(scene, 256, 256).head().getMaxX());
    }

    @Test
    void twoFiguresAreTwoHeads() {
        Scene scene = Scene.random(new Random(12));
        BufferedImage pair = Painter.paint(
                scene,
                List.of(
                        Cutout.whole(scene, new Figure(0.5, 17, 60)),
                        Cutout.whole(Scene.random(new Random(13)), new Figure(0.5, 47, 60))),
                64,
                64);

        Observation seen = JUDGE.look(pair);

        assertThat(seen.heads()).hasSize(2);
        assertThat(seen.isOnePerson()).isFalse();
    }

    @Test
    void aHeadWithoutABodyIsNoWholeFigure() {
        Scene scene = Scene.random(new Random(14)).with(Framing.FULL_BODY);
        BufferedImage headOnly =
                Painter.paint(scene, List.of(new Cutout(scene, null, scene, Figure.of(scene, 64, 64))), 64, 64);

        assertThat(JUDGE.look(headOnly).headIsOnABody()).isFalse();
        assertThat(JUDGE.look(headOnly).isWholeFigure()).isFalse();
    }
}
