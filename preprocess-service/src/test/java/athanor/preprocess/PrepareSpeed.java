package athanor.preprocess;

import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.diffusion.model.BaseModels;
import athanor.people.People;
import athanor.pictures.PictureLimits;
import athanor.pictures.reader.PictureReader;
import athanor.store.ObjectStore;
import athanor.teststack.S3Address;
import com.sun.management.OperatingSystemMXBean;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * How long 100 photographs of 24 megapixels take from the store into a prepared dataset, by one decoder and by several, and how much
 * memory that takes. What the detectors take before, when the pictures come in, module appraisal's {@code LookSpeed} says. The
 * command is in this module's README.
 */
public final class PrepareSpeed {

    private static final int WIDTH = 6000;
    private static final int HEIGHT = 4000;

    private PrepareSpeed() {}

    /** @param arguments pictures, 100 unless told; the largest number of decoders, one for each core unless told */
    public static void main(String[] arguments) throws IOException {
        int pictures = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        int most = arguments.length > 1
                ? Integer.parseInt(arguments[1])
                : Runtime.getRuntime().availableProcessors();
        byte[] photograph = jpeg();
        System.out.printf(
                Locale.ROOT,
                "%d pictures of %d x %d, %.1f MB each%n",
                pictures,
                WIDTH,
                HEIGHT,
                photograph.length / 1e6);
        System.out.println("decoders  seconds  s a picture  computed s a picture  decoders MB  service and store MB");
        try (S3Address.Running server = S3Address.start()) {
            ObjectStore store = TestStore.open(server.address());
            for (int decoders = 1; decoders <= most; decoders *= 2) {
                try (PictureReader reader = new PictureReader(PictureLimits.standard(), decoders)) {
                    prepare(store, reader, photograph, 2 * decoders);
                    double computed = computed();
                    long began = System.nanoTime();
                    prepare(store, reader, photograph, pictures);
                    double seconds = (System.nanoTime() - began) / 1e9;
                    System.out.printf(
                            Locale.ROOT,
                            "%8d  %7.1f  %11.2f  %20.2f  %11d  %20d%n",
                            decoders,
                            seconds,
                            seconds / pictures,
                            (computed() - computed) / pictures,
                            children().mapToLong(child -> peak(child.pid())).sum(),
                            peak(ProcessHandle.current().pid()));
                }
            }
        }
    }

    private static void prepare(ObjectStore store, PictureReader reader, byte[] photograph, int pictures) {
        DatasetOf dataset = new DatasetOf(store, RunId.fresh("speed", new Random()), Recipe.defaults("sd15", "woman"));
        for (int i = 0; i < pictures; i++) {
            dataset.file("photograph-%d.jpeg".formatted(i), photograph, WIDTH, HEIGHT, "a sks woman");
        }
        DatasetAccepted accepted = dataset.accepted();
        Preparation preparation = new PrepareDataset(
                        store,
                        reader,
                        People.none(),
                        BaseModels.of(""),
                        MemoryClass.CPU,
                        List::of,
                        run -> false,
                        news -> {},
                        Clock.systemUTC())
                .from(accepted);
        if (!(preparation instanceof Preparation.Waiting)) {
            throw new IllegalStateException(preparation.toString());
        }
    }

    /** As much detail as a camera sees: shapes of all sizes under a little noise. */
    private static byte[] jpeg() throws IOException {
        BufferedImage photograph = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(7);
        Graphics2D canvas = photograph.createGraphics();
        for (int i = 0; i < 60_000; i++) {
            int side = (int) (4 + 400 * Math.pow(random.nextDouble(), 6));
            canvas.setColor(new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256), 120));
            canvas.fillOval(random.nextInt(WIDTH), random.nextInt(HEIGHT), side, side);
        }
        canvas.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(photograph, "jpeg", bytes);
        return bytes.toByteArray();
    }

    /** Seconds, by this process and its decoders. */
    private static double computed() {
        double own = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
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
