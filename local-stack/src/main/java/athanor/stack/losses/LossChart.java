package athanor.stack.losses;

import athanor.contracts.rest.TrainedStep;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;

/** The losses over the steps as a picture: faint what each step came to, strong the running mean. */
public final class LossChart {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 24;
    private static final int TOP = 44;
    private static final int BOTTOM = 48;
    private static final int TICKS = 5;
    private static final Color INSTANCE = new Color(0x1f5fa8);
    private static final Color PRIOR = new Color(0xc2571a);
    private static final Color INK = new Color(0x333333);
    private static final Color GRID = new Color(0xe4e4e4);
    private static final int FAINT = 60;

    private final List<TrainedStep> steps;
    private final double highest;
    private final Graphics2D canvas;

    private LossChart(List<TrainedStep> steps, Graphics2D canvas) {
        this.steps = steps;
        this.canvas = canvas;
        this.highest = highest(steps);
    }

    /**
     * PNG.
     *
     * @param steps at least one
     */
    public static byte[] png(List<TrainedStep> steps) {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = picture.createGraphics();
        try {
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            canvas.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            new LossChart(steps, canvas).draw();
        } finally {
            canvas.dispose();
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture cannot be written to memory", e);
        }
        return png.toByteArray();
    }

    /** Single steps may be far above the rest, which is what one wants to see; the means are seen whole. */
    private static double highest(List<TrainedStep> steps) {
        double mean = Math.max(
                highest(RunningMean.of(steps, TrainedStep::instanceLoss)),
                highest(RunningMean.of(steps, TrainedStep::priorLoss)));
        double[] all = steps.stream()
                .flatMapToDouble(step -> DoubleStream.of(step.instanceLoss(), step.priorLoss()))
                .sorted()
                .toArray();
        double most = Math.max(mean, all[(int) Math.floor(0.98 * (all.length - 1))]);
        return most > 0 ? most * 1.1 : 1;
    }

    private static double highest(double[] values) {
        return DoubleStream.of(values).max().orElse(0);
    }

    private void draw() {
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, WIDTH, HEIGHT);
        canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        axes();
        canvas.clipRect(LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM);
        boolean prior = steps.stream().anyMatch(step -> step.priorLoss() > 0);
        if (prior) {
            loss(TrainedStep::priorLoss, PRIOR);
        }
        loss(TrainedStep::instanceLoss, INSTANCE);
        canvas.setClip(null);
        legend(prior);
    }

    private void axes() {
        for (double loss : Ticks.between(0, highest, TICKS)) {
            canvas.setColor(GRID);
            canvas.drawLine(LEFT, (int) y(loss), WIDTH - RIGHT, (int) y(loss));
            canvas.setColor(INK);
            String label = Ticks.label(loss, highest, TICKS);
            canvas.drawString(label, LEFT - 10 - canvas.getFontMetrics().stringWidth(label), (int) y(loss) + 5);
        }
        int first = steps.get(0).step();
        int last = steps.get(steps.size() - 1).step();
        for (double at : Ticks.between(first, last, TICKS)) {
            if (at == Math.rint(at)) { // there is no half step
                String label = Integer.toString((int) at);
                int middle = canvas.getFontMetrics().stringWidth(label) / 2;
                canvas.drawString(label, (int) x((int) at) - middle, HEIGHT - BOTTOM + 20);
            }
        }
        canvas.drawString("steps", WIDTH / 2 - 16, HEIGHT - 8);
    }

    private void loss(ToDoubleFunction<TrainedStep> loss, Color colour) {
        canvas.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), FAINT));
        canvas.setStroke(new BasicStroke(1));
        line(steps.stream().mapToDouble(loss).toArray());
        canvas.setColor(colour);
        canvas.setStroke(new BasicStroke(2.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        line(RunningMean.of(steps, loss));
    }

    private void line(double[] values) {
        Path2D line = new Path2D.Double();
        line.moveTo(x(steps.get(0).step()), y(values[0]));
        for (int i = 0; i < values.length; i++) {
            line.lineTo(x(steps.get(i).step()), y(values[i]));
        }
        canvas.draw(line);
    }

    private void legend(boolean prior) {
        canvas.setColor(INSTANCE);
        canvas.drawString("instance loss", LEFT, TOP - 18);
        if (prior) {
            canvas.setColor(PRIOR);
            canvas.drawString("prior loss", LEFT + 120, TOP - 18);
        }
        canvas.setColor(INK);
        canvas.drawString("strong: mean of 50 steps", LEFT + 220, TOP - 18);
    }

    private double x(int step) {
        int first = steps.get(0).step();
        int last = steps.get(steps.size() - 1).step();
        return last == first ? LEFT : LEFT + (double) (step - first) / (last - first) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double loss) {
        return HEIGHT - BOTTOM - loss / highest * (HEIGHT - TOP - BOTTOM);
    }
}
