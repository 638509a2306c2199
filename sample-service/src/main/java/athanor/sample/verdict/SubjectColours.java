package athanor.sample.verdict;

import java.awt.image.BufferedImage;
import java.util.BitSet;
import java.util.List;

/**
 * The colours that set the instance pictures apart from what the base draws by itself: the subject's, as far as a colour can
 * tell. What both have in plenty, such as sky, says nothing about a LoRA and is left out.
 */
final class SubjectColours {

    /** Less of a colour than this is noise of the edges. */
    private static final double LEAST_SHARE = 0.004;

    /** How many times as much of it the instance pictures must have. */
    private static final double TIMES = 4;

    private final BitSet boxes = new BitSet();
    private final double inInstances;

    /** @param base what the base draws without the LoRA, all prompts together */
    SubjectColours(List<BufferedImage> instances, List<BufferedImage> base) {
        Colours shown = Colours.of(instances);
        Colours usual = Colours.of(base);
        for (int box = 0; box < shown.boxes(); box++) {
            if (shown.share(box) >= LEAST_SHARE && shown.share(box) >= TIMES * usual.share(box)) {
                boxes.set(box);
            }
        }
        addNeighbours(usual);
        this.inInstances = sum(shown);
    }

    /** A rendered colour is never quite the photographed one, so boxes beside count too, unless the base is full of them. */
    private void addNeighbours(Colours usual) {
        BitSet chosen = (BitSet) boxes.clone();
        chosen.stream()
                .flatMap(Colours::neighbours)
                .filter(box -> usual.share(box) < LEAST_SHARE)
                .forEach(boxes::set);
    }

    /** Part of the instance pictures that has these colours; 0 when nothing sets them apart. */
    double inInstances() {
        return inInstances;
    }

    /** Part of these pictures that has these colours. */
    double in(List<BufferedImage> pictures) {
        return sum(Colours.of(pictures));
    }

    private double sum(Colours colours) {
        return boxes.stream().mapToDouble(colours::share).sum();
    }
}
