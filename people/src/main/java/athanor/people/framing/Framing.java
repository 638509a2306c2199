package athanor.people.framing;

import java.util.OptionalDouble;

/**
 * How a picture frames its main person.
 *
 * @param confidence how often such a judgement is right: 0 for {@link FramingClass#UNKNOWN}, to 1
 * @param headShare height of the head, crown to chin, over the height of the picture; empty where no head was measured
 * @param figureShare height of the visible person over the height of the picture; empty where no body was measured
 * @param why the evidence, in one sentence
 * @param severalPeople the picture shows several people of about the same size; the class speaks of the largest
 */
public record Framing(
        FramingClass framing,
        double confidence,
        OptionalDouble headShare,
        OptionalDouble figureShare,
        String why,
        boolean severalPeople) {

    public Framing {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("a confidence is 0 to 1, got " + confidence);
        }
    }
}
