package athanor.tinybase.world;

import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.util.Random;

/**
 * Pictures beyond the world, for the autoencoder only: subjects, shapes of any colour scattered over a scene, colour
 * channels exchanged. A real autoencoder can represent what its denoiser has never seen; without these pictures the small one
 * could not, and no LoRA could bring a subject in.
 */
public final class Clutter {

    private static final int[][] CHANNEL_ORDERS = {
        {16, 8, 0}, {16, 0, 8}, {8, 16, 0}, {8, 0, 16}, {0, 16, 8}, {0, 8, 16}
    };

    private Clutter() {}

    /** @return a third plain scenes, a third with clutter, a third with clutter and exchanged colours; subjects among all */
    public static BufferedImage augmented(Random random, int width, int height) {
        Scene scene = Scene.random(random);
        if (random.nextInt(6) == 0) {
            scene = scene.of(Subject.values()[random.nextInt(Subject.values().length)]);
        }
        BufferedImage image = Painter.paint(scene, width, height);
        int kind = random.nextInt(3);
        if (kind > 0) {
            scatter(image, random);
        }
        if (kind > 1) {
            exchangeChannels(image, CHANNEL_ORDERS[random.nextInt(CHANNEL_ORDERS.length)]);
        }
        return image;
    }

    private static void scatter(BufferedImage image, Random random) {
        Graphics2D g = image.createGraphics();
        Brush brush = Brush.on(g);
        double side = Math.min(image.getWidth(), image.getHeight());
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            double x = random.nextDouble() * image.getWidth();
            double y = random.nextDouble() * image.getHeight();
            double wide = side * (0.03 + 0.47 * random.nextDouble() * random.nextDouble());
            double high = side * (0.03 + 0.47 * random.nextDouble() * random.nextDouble());
            brush.fill(random.nextInt(0x1000000), shape(random, x, y, wide, high));
        }
        g.dispose();
    }

    private static Shape shape(Random random, double x, double y, double wide, double high) {
        return switch (random.nextInt(4)) {
            case 0 -> Brush.oval(x, y, wide / 2, high / 2);
            case 1 -> Brush.round(x, y, wide, high, random.nextDouble() * wide);
            case 2 ->
                Brush.polygon(x, y, x + wide, y + random.nextDouble() * high, x + random.nextDouble() * wide, y + high);
            default -> Brush.star(x, y, wide / 2, 4 + random.nextInt(4));
        };
    }

    private static void exchangeChannels(BufferedImage image, int[] order) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                image.setRGB(
                        x, y, (rgb >> order[0] & 255) << 16 | (rgb >> order[1] & 255) << 8 | (rgb >> order[2] & 255));
            }
        }
    }
}
