package athanor.stack.measure;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** JPEG files of 24 megapixels as cameras write them, each of other bytes: a few scenes, and a comment that counts. */
final class LargePhotographs {

    static final int WIDTH = 6000;
    static final int HEIGHT = 4000;

    private static final float QUALITY = 0.92f;
    private static final int SCENES = 4;
    private static final int SHAPES = 300;
    /** Of a camera at a low sensitivity, levels. */
    private static final int GRAIN = 5;

    /** Start of the file, and of a comment with four bytes. */
    private static final byte[] START = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xfe, 0, 6};

    private final List<byte[]> scenes = new ArrayList<>();

    LargePhotographs() {
        for (int i = 0; i < SCENES; i++) {
            scenes.add(jpeg(scene(new Random(i))));
        }
    }

    byte[] file(int number) {
        byte[] scene = scenes.get(number % SCENES);
        return ByteBuffer.allocate(scene.length + START.length - 2 + Integer.BYTES)
                .put(START)
                .putInt(number)
                .put(scene, 2, scene.length - 2)
                .array();
    }

    private static BufferedImage scene(Random random) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = image.createGraphics();
        canvas.setPaint(new GradientPaint(0, 0, colour(random), WIDTH, HEIGHT, colour(random)));
        canvas.fillRect(0, 0, WIDTH, HEIGHT);
        for (int i = 0; i < SHAPES; i++) {
            canvas.setPaint(new GradientPaint(
                    random.nextInt(WIDTH), 0, colour(random), random.nextInt(WIDTH), HEIGHT, colour(random)));
            int side = 40 + random.nextInt(900);
            canvas.fillOval(random.nextInt(WIDTH), random.nextInt(HEIGHT), side, side / 2 + random.nextInt(side));
        }
        canvas.dispose();
        grain(image.getRaster(), random);
        return image;
    }

    private static Color colour(Random random) {
        return new Color(random.nextInt(0x1000000));
    }

    private static void grain(WritableRaster raster, Random random) {
        int[] row = new int[WIDTH * 3];
        for (int y = 0; y < HEIGHT; y++) {
            raster.getPixels(0, y, WIDTH, 1, row);
            for (int i = 0; i < row.length; i++) {
                row[i] = Math.max(0, Math.min(255, row[i] + random.nextInt(2 * GRAIN + 1) - GRAIN));
            }
            raster.setPixels(0, y, WIDTH, 1, row);
        }
    }

    private static byte[] jpeg(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture cannot be written to memory", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
