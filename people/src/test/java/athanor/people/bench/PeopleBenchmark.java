package athanor.people.bench;

import athanor.people.Detectors;
import athanor.people.People;
import athanor.people.Photographs;
import athanor.pictures.Resize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;

/** Prints what looking costs on this machine: processor time of one thread, medians; what else runs does not count. The command stands
 * in the README. */
public final class PeopleBenchmark {

    private static final int ROUNDS = 15;

    private PeopleBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        long before = residentMegabytes();
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Detectors detectors = ServiceLoader.load(Detectors.Source.class)
                .findFirst()
                .orElseThrow()
                .load();
        double load = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
        long loaded = residentMegabytes();

        BufferedImage astronaut = Photographs.photograph("astronaut.jpg");
        BufferedImage preview = Resize.to(astronaut, 1024, 1024);
        BufferedImage nobody = Resize.to(Photographs.photograph("coffee.jpg"), 1024, 683);
        BufferedImage camera = Resize.to(astronaut, 4896, 4896);

        System.out.println(detectors.name());
        System.out.println("| what | |");
        System.out.println("| --- | --- |");
        row("load, native code unpacked before", "%.0f ms".formatted(load));
        row("faces, 1024 px, one large face", median(() -> detectors.faces(preview)));
        row("faces, 1024 px, nobody: tiles too", median(() -> detectors.faces(nobody)));
        row("pose, 1024 px", median(() -> detectors.pose(preview)));
        row("matte, 1024 px", median(() -> detectors.matte(preview)));
        row("faces, 24 megapixels", median(() -> detectors.faces(camera)));
        row("memory beside the heap's, loaded", "%d MB".formatted(loaded - before));
        row("opened, used and closed 30 times more", "%+d MB".formatted(growth(preview)));
        detectors.close();
    }

    /** What stays behind when detectors come and go. */
    private static long growth(BufferedImage picture) throws IOException {
        lookAndClose(picture, 5);
        long before = residentMegabytes();
        lookAndClose(picture, 30);
        return residentMegabytes() - before;
    }

    private static void lookAndClose(BufferedImage picture, int times) {
        for (int i = 0; i < times; i++) {
            try (People people = People.standard()) {
                people.look(picture).orElseThrow();
            }
        }
    }

    private static String median(Runnable look) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            look.run();
            times.add((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6);
        }
        Collections.sort(times);
        return "%.0f ms".formatted(times.get(ROUNDS / 2));
    }

    /** From Linux; 0 elsewhere. */
    private static long residentMegabytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    private static void row(String what, String value) {
        System.out.printf("| %s | %s |%n", what, value);
    }
}
