package athanor.sample.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.contracts.Size;
import athanor.contracts.recipe.SamplerName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeLimitTest {

    private long seconds;

    private TimeLimit limit(int steps, Duration longest) {
        RenderWish wish = new RenderWish(
                        "sd15",
                        List.of(),
                        List.of(new RenderWish.PromptedSeed("a woman", 1), new RenderWish.PromptedSeed("a woman", 2)),
                        "",
                        new Size(512, 768),
                        steps,
                        7,
                        SamplerName.EULER)
                .within(longest);
        return new TimeLimit(wish, longest, (done, total) -> true, () -> seconds * 1_000_000_000L);
    }

    @Test
    void theFirstTwoStepsTellWhatAllWillTake() {
        TimeLimit limit = limit(25, Duration.ofMinutes(10));
        seconds = 20;
        assertThat(limit.stepped(1, 50)).isTrue();
        seconds = 30;

        assertThatThrownBy(() -> limit.stepped(2, 50))
                .isInstanceOf(CannotRenderException.class)
                .hasMessage(
                        "2 pictures of 512x768 with 25 steps would take about 750 s on this machine (15.0 s a step), a"
                                + " request may take 600 s; ask for fewer or smaller pictures or fewer steps, or raise"
                                + " athanor.sample.longest-request");
    }

    @Test
    void aFirstStepThatTakesFarTooLongIsTheLast() {
        TimeLimit limit = limit(25, Duration.ofMinutes(10));
        seconds = 25;

        assertThatThrownBy(() -> limit.stepped(1, 50)).hasMessageContaining("would take about 1250 s");
    }

    @Test
    void whatFitsIsDrawnToItsEndThoughTheMachineBecomesSlower() {
        TimeLimit limit = limit(25, Duration.ofMinutes(10));
        seconds = 20;
        assertThat(limit.stepped(1, 50)).isTrue();
        seconds = 24;
        assertThat(limit.stepped(2, 50)).isTrue();
        seconds = 900;
        assertThat(limit.stepped(3, 50)).isTrue();
    }
}
