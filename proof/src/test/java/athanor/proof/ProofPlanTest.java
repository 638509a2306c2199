package athanor.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProofPlanTest {

    private static final ProofPlan WANTED = plan("a photo of a sks woman", List.of(100, 200, 300));

    private static ProofPlan plan(String subject, List<Integer> steps) {
        return new ProofPlan(
                subject,
                "a photo of a woman",
                List.of("close-up", "full body"),
                steps,
                List.of(0.6, 0.8, 1.0, 1.2),
                false,
                4,
                8,
                1000,
                List.of());
    }

    @Test
    void everyTrialDrawsTheSamePromptsAndSeeds() {
        assertThat(WANTED.ofTrial())
                .hasSize(3 * 4 + 2 * 4)
                .startsWith(new Asked("a photo of a sks woman", 1000), new Asked("a photo of a sks woman", 1001));
        assertThat(WANTED.ofTrial()).contains(new Asked("a photo of a sks woman, full body", 1003));
        assertThat(WANTED.ofTrial()).endsWith(new Asked("a photo of a woman", 1007));
        assertThat(WANTED.ofBase()).hasSize(3 * 8).doesNotContainAnyElementsOf(WANTED.ofClass());
    }

    @Test
    void itCountsItsPictures() {
        int trials = 3 + 3; // each checkpoint at strength 1, then the other strengths of one
        assertThat(WANTED.pictures()).isEqualTo(3 * 8 + 8 + trials * 20);
    }

    @Test
    void withFewerPicturesItGivesUpTheLeastFirst() {
        assertThat(WANTED.within(WANTED.pictures())).contains(WANTED);
        ProofPlan smaller = WANTED.within(68).orElseThrow();
        assertThat(smaller.pictures()).isLessThanOrEqualTo(68);
        assertThat(smaller.steps()).containsExactly(100, 200, 300);
        assertThat(smaller.strengths()).containsExactly(0.8, 1.2);
        ProofPlan least = WANTED.within(30).orElseThrow();
        assertThat(least.steps()).containsExactly(300);
        assertThat(least.strengths()).isEmpty();
        assertThat(WANTED.within(20)).isEmpty();
    }

    @Test
    void aClassThatIsTheSubjectIsNotComparedWithIt() {
        ProofPlan plan = plan("a photo of a woman", List.of(300));

        assertThat(plan.classIsApart()).isFalse();
        assertThat(plan.ofTrial()).hasSize(3 * 4);
    }

    @Test
    void withoutACheckpointThereIsNothingToTry() {
        assertThatThrownBy(() -> plan("a photo of a sks woman", List.of())).hasMessage("there is no checkpoint to try");
    }
}
