package athanor.console.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BallotTest {

    private static final Candidate EARLY = new Candidate(200, 0.8);
    private static final Candidate LATE = new Candidate(300, 1);

    @Test
    void aVoteTravelsWithTheFormAsItWasGiven() {
        assertThat(Ballot.parse(new Ballot(EARLY, LATE, LATE).toString()).preferred())
                .isEqualTo(LATE);
        assertThat(new Ballot(EARLY, LATE, EARLY)).hasToString("200@0.8>300@1.0");
        assertThat(Ballot.parse("200@0.8=300@1.0")).isEqualTo(new Ballot(EARLY, LATE, null));
    }

    @Test
    void whatIsNoVoteIsSaid() {
        assertThatThrownBy(() -> Ballot.parse("best")).hasMessageContaining("'best' is no vote");
        assertThatThrownBy(() -> Ballot.parse("a>b")).hasMessageContaining("'a' is no checkpoint and strength");
    }
}
