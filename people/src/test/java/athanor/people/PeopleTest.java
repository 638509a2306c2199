package athanor.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeopleTest {

    private static final BufferedImage PICTURE = new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR);

    @Test
    void withoutDetectorsNothingIsMeasuredAndTheReasonIsTold() {
        try (People people = new People(Optional.empty())) {
            assertThat(people.look(PICTURE)).isEmpty();
            assertThat(people.matte(PICTURE)).isEmpty();
            assertThat(people.detector()).isEqualTo("not measured: no detectors are on the class path");
        }
    }

    @Test
    void detectorsThatCannotBeLoadedAreAskedForOnce() {
        AtomicInteger asked = new AtomicInteger();
        Detectors.Source broken = () -> {
            asked.incrementAndGet();
            throw new Detectors.UnavailableException("this machine has no glibc", new UnsatisfiedLinkError("glibc"));
        };
        try (People people = new People(Optional.of(broken))) {
            assertThat(people.look(PICTURE)).isEmpty();
            assertThat(people.look(PICTURE)).isEmpty();
            assertThat(people.detector()).isEqualTo("not measured: this machine has no glibc");
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void whoClosedThemIsTold() {
        People people = new People(Optional.empty());
        people.close();

        assertThatThrownBy(() -> people.look(PICTURE)).hasMessageContaining("were closed");
    }
}
