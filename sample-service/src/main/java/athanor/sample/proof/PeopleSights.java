package athanor.sample.proof;

import athanor.people.People;
import athanor.people.PeopleSeen;
import athanor.people.framing.Framing;
import athanor.people.framing.FramingClass;
import athanor.people.framing.FramingRule;
import athanor.proof.Sight;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** What the detectors of people see, in the words that a proof asks for. They were made for photographs. */
public final class PeopleSights {

    private final People people;

    public PeopleSights(People people) {
        this.people = people;
    }

    /** Empty where nobody is seen, or these detectors cannot run here. */
    public Optional<Sight> of(BufferedImage picture) {
        return people.look(picture).flatMap(seen -> sight(seen, picture));
    }

    private static Optional<Sight> sight(PeopleSeen seen, BufferedImage picture) {
        Framing framing = FramingRule.of(seen, picture.getWidth(), picture.getHeight());
        return framing.framing() == FramingClass.NONE
                ? Optional.empty()
                : Optional.of(new Sight(
                        words(framing.framing()),
                        framing.severalPeople() || framing.framing() == FramingClass.HEADLESS));
    }

    private static String words(FramingClass framing) {
        return switch (framing) {
            case CLOSE_UP -> "close-up";
            case HALF, COWBOY -> "half body";
            case FULL, WIDE -> "full body";
            case HEADLESS, NONE, UNKNOWN -> "";
        };
    }
}
