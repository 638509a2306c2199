package athanor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChoiceTest {

    private static ProvedTrial tried(int step, double strength, Double... gains) {
        Estimate any = Estimate.of(List.of(0.0));
        return new ProvedTrial(
                new Trial(step, strength),
                Estimate.of(List.of(gains)),
                any,
                1,
                any,
                List.of(gains),
                List.of(),
                List.of());
    }

    @Test
    void theBestIsChosenWhereItLeadsClearly() {
        ProvedTrial best = tried(200, 0.8, 0.9, 1.0, 0.9, 1.0);

        assertThat(Choice.of(List.of(tried(300, 1, 0.4, 0.5, 0.4, 0.5), best))).isSameAs(best);
    }

    @Test
    void aLeadThatNobodyWouldSeeIsNone() {
        ProvedTrial asTrained = tried(300, 1, 0.98, 0.98, 0.98, 0.98);

        assertThat(Choice.of(List.of(asTrained, tried(300, 1.2, 1.0, 1.0, 1.0, 1.0))))
                .isSameAs(asTrained);
    }

    @Test
    void whatIsAsGoodAsTrainedIsNotMadeDifficult() {
        ProvedTrial asTrained = tried(300, 1, 0.9, 1.0, 0.8, 1.0);

        assertThat(Choice.of(List.of(asTrained, tried(200, 0.8, 1.0, 0.9, 0.9, 0.95))))
                .isSameAs(asTrained);
    }

    @Test
    void moreThanOneIsForALoraThatShowsNothingAtOne() {
        ProvedTrial strong = tried(300, 1.2, 1.0, 1.0, 1.0, 1.0);
        ProvedTrial clear = tried(300, 1, 0.6, 0.6, 0.6, 0.6);
        ProvedTrial faint = tried(300, 1, 0.2, 0.2, 0.2, 0.2);

        assertThat(Choice.of(List.of(clear, strong))).isSameAs(clear);
        assertThat(Choice.of(List.of(faint, strong))).isSameAs(strong);
    }
}
