package athanor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
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
                List.of(),
                Optional.empty(),
                List.of(gains),
                List.of(),
                List.of());
    }

    @Test
    void whatIsProvedToBeBetterIsChosen() {
        ProvedTrial best = tried(200, 0.8, 0.9, 1.0, 0.9, 1.0);

        assertThat(Choice.of(List.of(tried(200, 1, 0.5, 0.5, 0.4, 0.5), tried(300, 1, 0.4, 0.5, 0.4, 0.5), best)))
                .isSameAs(best);
    }

    @Test
    void aLeadThatNobodyWouldSeeIsNone() {
        ProvedTrial asTrained = tried(300, 1, 0.96, 0.96, 0.96, 0.96);

        assertThat(Choice.of(List.of(asTrained, tried(300, 1.2, 1.0, 1.0, 1.0, 1.0))))
                .isSameAs(asTrained);
    }

    @Test
    void aLeadByLuckIsNoProof() {
        ProvedTrial asTrained = tried(300, 1, 0.9, 0.3, 0.2, 0.9);
        ProvedTrial luckier = tried(100, 1, 0.2, 0.9, 0.9, 0.9);

        assertThat(luckier.score()).isGreaterThan(asTrained.score() + 0.1);
        assertThat(Choice.of(List.of(luckier, asTrained))).isSameAs(asTrained);
    }

    @Test
    void theFinishedOneIsTheLastAtStrengthOne() {
        ProvedTrial finished = tried(300, 1, 0.5, 0.5);

        assertThat(Choice.asTrained(List.of(tried(100, 1, 0.9, 0.9), finished, tried(300, 1.2, 0.9, 0.9))))
                .isSameAs(finished);
    }
}
