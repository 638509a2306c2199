package athanor.tinybase.judge;

import athanor.tinybase.world.Accessory;
import athanor.tinybase.world.Gender;
import athanor.tinybase.world.HairColour;
import athanor.tinybase.world.Place;
import athanor.tinybase.world.Shirt;
import athanor.tinybase.world.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The network's answers for one picture, (CHANNELS, height, width), turned into an {@link Observation}. */
final class Answers {

    /** A cell below this probability is no middle of anything. */
    private static final double FOUND = 0.5;

    private final float[] values;
    private final int width;
    private final int height;

    Answers(float[] values, int width, int height) {
        this.values = values;
        this.width = width;
        this.height = height;
    }

    Observation inPicture(int pictureWidth, int pictureHeight) {
        double scale = (double) pictureWidth / width; // pixels of the picture per cell
        List<SeenHead> heads = new ArrayList<>();
        for (Spot cell : peaks(JudgeNetwork.HEAD)) {
            heads.add(head(cell, scale));
        }
        return new Observation(
                pictureWidth,
                pictureHeight,
                Place.values()[place()],
                List.copyOf(heads),
                enlarged(peaks(JudgeNetwork.TORSO), scale),
                enlarged(peaks(JudgeNetwork.FEET), scale));
    }

    private SeenHead head(Spot cell, double scale) {
        int row = clamp(Math.round(cell.y()), height);
        int column = clamp(Math.round(cell.x()), width);
        double halfHeight = JudgeNetwork.UNIT / JudgeNetwork.STRIDE * Math.exp(at(JudgeNetwork.SIZE, row, column));
        int subject = best(4, row, column);
        return new SeenHead(
                new Spot(cell.x() * scale, cell.y() * scale, cell.confidence()),
                halfHeight * scale,
                Gender.values()[best(0, row, column)],
                HairColour.values()[best(1, row, column)],
                Shirt.values()[best(2, row, column)],
                Accessory.values()[best(3, row, column)],
                subject == 0 ? null : Subject.values()[subject - 1]);
    }

    /** Local maxima, strongest first, without those that lie within another one's bell. */
    private List<Spot> peaks(int channel) {
        List<Spot> peaks = new ArrayList<>();
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double here = probability(channel, row, column);
                if (here >= FOUND && isHighest(channel, row, column)) {
                    peaks.add(refined(channel, row, column, here));
                }
            }
        }
        peaks.sort(Comparator.comparingDouble(Spot::confidence).reversed());
        List<Spot> distinct = new ArrayList<>();
        for (Spot peak : peaks) {
            if (distinct.stream()
                    .noneMatch(other -> Math.hypot(other.x() - peak.x(), other.y() - peak.y()) < reach(other))) {
                distinct.add(peak);
            }
        }
        return distinct;
    }

    /** Two middles are never nearer than a head's half height, or two cells. */
    private double reach(Spot peak) {
        int row = clamp(Math.round(peak.y()), height);
        int column = clamp(Math.round(peak.x()), width);
        double halfHeight = JudgeNetwork.UNIT / JudgeNetwork.STRIDE * Math.exp(at(JudgeNetwork.SIZE, row, column));
        return Math.max(1.8, Math.min(halfHeight, 6));
    }

    private Spot refined(int channel, int row, int column, double confidence) {
        double weight = 0, x = 0, y = 0;
        for (int r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++) {
            for (int c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) {
                double p = probability(channel, r, c);
                weight += p;
                x += p * c;
                y += p * r;
            }
        }
        return new Spot(x / weight, y / weight, confidence);
    }

    private boolean isHighest(int channel, int row, int column) {
        for (int r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++) {
            for (int c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) {
                if (at(channel, r, c) > at(channel, row, column)) {
                    return false;
                }
            }
        }
        return true;
    }

    private int best(int group, int row, int column) {
        int first = JudgeNetwork.GROUPS[group][0];
        int best = 0;
        for (int i = 1; i < JudgeNetwork.GROUPS[group][1]; i++) {
            if (at(first + i, row, column) > at(first + best, row, column)) {
                best = i;
            }
        }
        return best;
    }

    private int place() {
        int first = JudgeNetwork.GROUPS[5][0];
        double[] sums = new double[JudgeNetwork.GROUPS[5][1]];
        int best = 0;
        for (int i = 0; i < sums.length; i++) {
            for (int cell = 0; cell < width * height; cell++) {
                sums[i] += values[(first + i) * width * height + cell];
            }
            if (sums[i] > sums[best]) {
                best = i;
            }
        }
        return best;
    }

    private static List<Spot> enlarged(List<Spot> cells, double scale) {
        return cells.stream()
                .map(cell -> new Spot(cell.x() * scale, cell.y() * scale, cell.confidence()))
                .toList();
    }

    private double probability(int channel, int row, int column) {
        return 1 / (1 + Math.exp(-at(channel, row, column)));
    }

    private float at(int channel, int row, int column) {
        return values[(channel * height + row) * width + column];
    }

    private static int clamp(long value, int size) {
        return (int) Math.max(0, Math.min(size - 1, value));
    }
}
