package athanor.appraisal.bench;

import athanor.appraisal.Appraisal;
import athanor.appraisal.AppraisePicture;
import athanor.appraisal.Expected;
import athanor.people.People;
import athanor.pictures.Pixels;
import athanor.pictures.Resize;
import athanor.pictures.reader.PictureReader;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * How many photographs of 24 megapixels are looked at in a second, with all checks, as {@code ./athanor look} does it; and how much
 * memory that takes. The command is in this module's README.
 */
public final class LookSpeed {

    private static final int WIDTH = 6000;
    private static final int HEIGHT = 4000;
    private static final Expected A_WOMAN = new Expected(1024, true);

    private LookSpeed() {}

    /** @param arguments a photograph of a person; how many pictures are looked at, 40 unless told; threads, one for each core */
    public static void main(String[] arguments) throws Exception {
        BufferedImage person = Pixels.opaque(ImageIO.read(Path.of(arguments[0]).toFile()));
        int pictures = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 40;
        int threads = arguments.length > 2
                ? Integer.parseInt(arguments[2])
                : Runtime.getRuntime().availableProcessors();
        Path file = Files.createTempFile("look", ".jpg");
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (PictureReader reader = new PictureReader(athanor.pictures.PictureLimits.standard(), threads);
                People people = People.standard()) {
            Files.write(file, Spoil.jpeg(photograph(person), 92));
            AppraisePicture appraise = new AppraisePicture(reader, people);
            look(pool, appraise, file, 4 * threads);
            long began = System.nanoTime();
            double computed = computed();
            Appraisal last = look(pool, appraise, file, pictures);
            double seconds = (System.nanoTime() - began) / 1e9;
            double computing = computed() - computed;
            System.out.printf(Locale.ROOT, "%s%n", ((Appraisal.Usable) last).look());
            System.out.printf(
                    Locale.ROOT,
                    "%d pictures of %d x %d, %.1f MB: %.2f a second by %d threads, %.2f a second of computing;"
                            + " decoders took up to %d MB each, the rest %d MB%n",
                    pictures,
                    WIDTH,
                    HEIGHT,
                    Files.size(file) / 1e6,
                    pictures / seconds,
                    threads,
                    pictures / computing,
                    children().mapToLong(child -> peak(child.pid())).max().orElse(0),
                    peak(ProcessHandle.current().pid()));
        } finally {
            pool.shutdownNow();
            Files.delete(file);
        }
    }

    private static Appraisal look(ExecutorService pool, AppraisePicture appraise, Path file, int times)
            throws Exception {
        List<Future<Appraisal>> looking = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            looking.add(pool.submit(() -> appraise.of(file, A_WOMAN)));
        }
        Appraisal last = looking.get(0).get();
        for (Future<Appraisal> one : looking) {
            last = one.get();
        }
        return last;
    }

    /** The person, two thirds as high as the picture, before a wall of photographs that has as much detail as a camera sees. */
    private static BufferedImage photograph(BufferedImage person) {
        BufferedImage photograph = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = photograph.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        BufferedImage mirrored = Spoil.mirrored(Spoil.cut(person, 0, 0.5, 1, 0.5));
        for (int y = 0; y < HEIGHT; y += mirrored.getHeight()) {
            for (int x = 0; x < WIDTH; x += mirrored.getWidth()) {
                canvas.drawImage(mirrored, x, y, null);
            }
        }
        int height = HEIGHT * 2 / 3;
        int width = person.getWidth() * height / person.getHeight();
        canvas.drawImage(Resize.to(person, width, height), (WIDTH - width) / 2, HEIGHT - height, null);
        canvas.dispose();
        return photograph;
    }

    /** Seconds, by this process and its decoders. */
    private static double computed() {
        double own = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e9;
        return own
                + children()
                        .flatMap(child -> child.info().totalCpuDuration().stream())
                        .mapToDouble(time -> time.toMillis() / 1e3)
                        .sum();
    }

    private static Stream<ProcessHandle> children() {
        return ProcessHandle.current().children();
    }

    /** The largest resident size ever, in megabytes, where the system tells. */
    private static long peak(long process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
