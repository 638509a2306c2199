package athanor.tinybase.judge;

import athanor.tinybase.world.Accessory;
import athanor.tinybase.world.Cutout;
import athanor.tinybase.world.Figure;
import athanor.tinybase.world.Scene;
import athanor.tinybase.world.Subject;

/**
 * What the network should have answered, (CHANNELS, h, w) for a picture of (4h, 4w):
 * 0-2 bell curves at heads, shirts, feet; 3 size of the head that is here; 4 whether a head is here; 5 and up one-hot classes
 * of gender, hair, shirt, accessory, subject, all zero where there is nothing to say.
 */
final class JudgeTargets {

    static final int CHANNELS = 26;
    private static final int MASK = 4;

    private final int width;
    private final int height;
    private final float[] values;

    private JudgeTargets(int width, int height) {
        this.width = width;
        this.height = height;
        this.values = new float[CHANNELS * width * height];
    }

    static float[] of(LabelledPicture picture) {
        JudgeTargets targets = new JudgeTargets(
                picture.image().getWidth() / JudgeNetwork.STRIDE,
                picture.image().getHeight() / JudgeNetwork.STRIDE);
        picture.cutouts().forEach(targets::mark);
        return targets.values;
    }

    private void mark(Cutout cutout) {
        Figure body = cutout.bodyAt();
        if (body != null) {
            bell(JudgeNetwork.TORSO, body.torso().getX(), body.torso().getY(), 18 * body.unit());
            bell(JudgeNetwork.FEET, body.feet().getX(), body.feet().getY() - 3 * body.unit(), 18 * body.unit());
        }
        Figure head = cutout.headAt();
        if (head != null) {
            double x = head.head().getCenterX();
            double y = head.head().getCenterY();
            bell(JudgeNetwork.HEAD, x, y, 18 * head.unit());
            describe(cutout, x, y, 18 * head.unit());
        }
    }

    private void bell(int channel, double x, double y, double halfHeight) {
        double sigma = Math.max(0.7, 0.22 * halfHeight / JudgeNetwork.STRIDE);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double dx = column - x / JudgeNetwork.STRIDE;
                double dy = row - y / JudgeNetwork.STRIDE;
                int at = at(channel, row, column);
                values[at] = (float) Math.max(values[at], Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma)));
            }
        }
    }

    private void describe(Cutout cutout, double x, double y, double halfHeight) {
        Scene head = cutout.head();
        Subject subject = head.subject();
        double reach = Math.max(0.75, 0.4 * halfHeight / JudgeNetwork.STRIDE);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                if (Math.hypot(column - x / JudgeNetwork.STRIDE, row - y / JudgeNetwork.STRIDE) > reach) {
                    continue;
                }
                for (int channel = SIZE_AND_CLASSES; channel < CHANNELS; channel++) {
                    values[at(channel, row, column)] = 0; // the figure in front wins
                }
                values[at(JudgeNetwork.SIZE, row, column)] = (float) Math.log(halfHeight / JudgeNetwork.UNIT);
                values[at(MASK, row, column)] = 1;
                one(0, head.gender().ordinal(), row, column);
                if (subject == null && head.accessory() != Accessory.HAT) {
                    one(1, head.hair().ordinal(), row, column);
                }
                if (cutout.bodyAt() != null && cutout.bodyAt().equals(cutout.headAt())) {
                    one(2, cutout.body().shirt().ordinal(), row, column);
                }
                one(3, head.accessory().ordinal(), row, column);
                one(4, subject == null ? 0 : 1 + subject.ordinal(), row, column);
            }
        }
    }

    private static final int SIZE_AND_CLASSES = 3;

    /** Targets have the mask in front of the classes, so a class stands one channel later than in the answers. */
    private void one(int group, int index, int row, int column) {
        values[at(JudgeNetwork.GROUPS[group][0] + 1 + index, row, column)] = 1;
    }

    private int at(int channel, int row, int column) {
        return (channel * height + row) * width + column;
    }
}
