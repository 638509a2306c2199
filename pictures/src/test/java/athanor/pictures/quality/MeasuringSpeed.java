package athanor.pictures.quality;

import athanor.pictures.PictureLimits;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.reader.PictureReader;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;

/**
 * How many photographs of 24 megapixels one decoder reads in a second, and how much memory its process takes at most:
 *
 * <pre>mvn -pl pictures test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=athanor.pictures.quality.MeasuringSpeed -Dexec.args=30</pre>
 */
public final class MeasuringSpeed {

    private MeasuringSpeed() {}

    /** @param arguments how often each kind of reading is done, 30 unless told */
    public static void main(String[] arguments) throws IOException {
        int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        byte[] photograph = Scenes.jpeg(large(), 0.92f);
        System.out.printf(Locale.ROOT, "6000 x 4000, %.1f MB%n", photograph.length / 1e6);
        try (PictureReader reader = new PictureReader(PictureLimits.standard(), 1)) {
            time(reader, photograph, "decoded", Wanted.noPixels(), times);
            time(reader, photograph, "1024 px preview", Wanted.within(1024, 1024), times);
            time(reader, photograph, "preview and measures", Wanted.measured(1024), times);
        }
    }

    private static void time(PictureReader reader, byte[] photograph, String what, Wanted wanted, int times) {
        for (int i = 0; i < 3; i++) {
            read(reader, photograph, wanted);
        }
        double computed = childSeconds();
        long began = System.nanoTime();
        for (int i = 0; i < times; i++) {
            read(reader, photograph, wanted);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%-22s %.2f a second, %.2f a second of computing; the decoder took up to %d MB%n",
                what,
                times / seconds,
                times / (childSeconds() - computed),
                childMegabytes());
    }

    private static void read(PictureReader reader, byte[] photograph, Wanted wanted) {
        if (reader.read(photograph, wanted) instanceof Verdict.Rejected rejected) {
            throw new IllegalStateException(rejected.reason());
        }
    }

    private static BufferedImage large() {
        BufferedImage scene = Scenes.scene(24, 1500, 1000);
        BufferedImage large = new BufferedImage(6000, 4000, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = large.createGraphics();
        for (int i = 0; i < 16; i++) {
            canvas.drawImage(scene, i % 4 * 1500, i / 4 * 1000, null);
        }
        canvas.dispose();
        return large;
    }

    private static double childSeconds() {
        return ProcessHandle.current()
                .children()
                .flatMap(child -> child.info().totalCpuDuration().stream())
                .mapToDouble(time -> time.toMillis() / 1e3)
                .sum();
    }

    /** The largest resident size that a child ever had, where the system tells. */
    private static long childMegabytes() {
        return ProcessHandle.current()
                .children()
                .map(child -> Path.of("/proc", Long.toString(child.pid()), "status"))
                .map(MeasuringSpeed::peak)
                .max(Comparator.naturalOrder())
                .orElse(0L);
    }

    private static long peak(Path status) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
