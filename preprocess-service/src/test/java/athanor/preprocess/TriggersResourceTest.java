package athanor.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.shell.ProblemException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TriggersResourceTest {

    private final TriggersResource triggers = new TriggersResource(Optional.of("../tiny-base/models"));

    @Test
    void aBaseThatIsNotAmongThoseOfTheServiceIsRefused() {
        assertThatThrownBy(() -> triggers.score("ohwx", "nowhere", "woman"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("there is no base model 'nowhere'; known are tiny");
    }

    @Test
    void aWordIsScoredByTheBaseThatIsThere() {
        assertThat(triggers.score("ohwx", "tiny", "woman").reason()).doesNotContain("is not at this service");
    }
}
