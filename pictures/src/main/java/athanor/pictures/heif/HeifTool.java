package athanor.pictures.heif;

import athanor.pictures.PictureFormat;
import athanor.pictures.PictureLimits;
import athanor.pictures.Verdict;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The program of libheif, in a process of its own with little memory, little time, a folder that goes away with it and nothing of
 * our surroundings. It is the decoder with the most reported holes of all, and no part of this project: where it is not
 * installed, HEIC and AVIF are refused with a sentence that says what to send.
 */
public final class HeifTool {

    /** Names the program, or is empty where none is to be used although one is installed. */
    public static final String SETTING = "ATHANOR_HEIF_TOOL";

    private static final List<String> NAMES = List.of("heif-dec", "heif-convert");
    private static final String IN = "in.heic";
    private static final String OUT = "out.png";
    private static final String FIRST_OF_SEVERAL = "out-1.png";
    private static final Set<String> PASSED_ON = Set.of("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH");

    /** Of the file: all of its properties, and not all of its pixels. */
    private static final int START = 1 << 20;

    /** Addresses, not pages: each thread of the decoder takes many of them that it never touches. */
    private static final long MOST_ADDRESSES = 4L << 30;

    private static final long LARGEST_PNG = 400L << 20;
    private static final Duration FOR_ANY = Duration.ofSeconds(5);
    private static final Duration FOR_A_MEGAPIXEL = Duration.ofSeconds(2);
    /** On the wall, of its computing time: this machine may be busy. */
    private static final int PATIENCE = 10;

    private static final long LOOK_MILLIS = 50;

    /** How Java tells of the signals by which the system enforces limits. */
    private static final int ENDED_BY = 128;

    private static final int OUT_OF_TIME = 24;
    private static final int FILE_TOO_LARGE = 25;

    private final Path program;
    private final Optional<Path> limiter;

    private HeifTool(Path program) {
        this.program = program;
        this.limiter = onPath("prlimit");
    }

    /** What the environment names, or what is installed. */
    public static Optional<HeifTool> ofThisMachine() {
        return of(System.getenv(SETTING) == null ? NAMES : List.of(System.getenv(SETTING)));
    }

    /** The first of these programs that is there. */
    public static Optional<HeifTool> of(List<String> names) {
        return names.stream()
                .filter(name -> !name.isBlank())
                .flatMap(name -> onPath(name).stream())
                .findFirst()
                .map(HeifTool::new);
    }

    private static Optional<Path> onPath(String name) {
        String path = System.getenv("PATH");
        return Stream.of(
                        name.contains(File.separator) || path == null
                                ? new String[] {""}
                                : path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** For a person who wants to know which one it is. */
    @Override
    public String toString() {
        return limiter.isPresent() ? program.toString() : program + ", without prlimit";
    }

    /**
     * Writes what the file shows as a PNG that any decoder reads: upright, and with its colours named.
     *
     * @param png written unless the file is refused
     * @return why the file is not taken
     * @throws IOException when this machine's disk cannot be used
     */
    public Optional<Verdict.Rejected> convert(PictureFormat format, InputStream file, PictureLimits limits, Path png)
            throws IOException {
        byte[] start = file.readNBytes(START);
        HeifFile claims = HeifFile.of(format, start);
        Optional<Verdict.Rejected> refusal = claims.refuse(limits);
        if (refusal.isPresent()) {
            return refusal;
        }
        Path folder = Files.createTempDirectory("athanor-heif-");
        try {
            try (var out = Files.newOutputStream(folder.resolve(IN))) {
                out.write(start);
                file.transferTo(out);
            }
            return run(claims, folder, png);
        } finally {
            delete(folder);
        }
    }

    private Optional<Verdict.Rejected> run(HeifFile claims, Path folder, Path png) throws IOException {
        double megapixels = (double) claims.width() * claims.height() / 1e6;
        Duration budget = FOR_ANY.plusMillis((long) (FOR_A_MEGAPIXEL.toMillis() * megapixels));
        Process process = start(folder, budget);
        boolean inTime = waitFor(process, budget);
        if (!inTime || process.exitValue() == ENDED_BY + OUT_OF_TIME) {
            return refused(
                    claims.format(),
                    "takes more than the %d seconds of computing that a picture of its size gets"
                            .formatted(budget.toSeconds()));
        }
        // A file of several pictures becomes several files.
        Path only = folder.resolve(OUT);
        Path first = Files.exists(only) ? only : folder.resolve(FIRST_OF_SEVERAL);
        if (process.exitValue() == ENDED_BY + FILE_TOO_LARGE) {
            return refused(claims.format(), "becomes larger than any picture that is read here");
        }
        if (process.exitValue() != 0 || !Files.exists(first)) {
            return refused(claims.format(), "is damaged, or of a kind that is not read");
        }
        try {
            PlainPng.copy(first, claims.namedColours(), png);
            return Optional.empty();
        } catch (EOFException cutOff) {
            return refused(claims.format(), "is damaged, or of a kind that is not read");
        }
    }

    private static Optional<Verdict.Rejected> refused(PictureFormat format, String why) {
        return Optional.of(new Verdict.Rejected(
                Verdict.Refusal.UNREADABLE,
                "the %s file cannot be decoded here, because it %s; export the picture again as JPEG or PNG"
                        .formatted(format, why)));
    }

    private Process start(Path folder, Duration budget) throws IOException {
        List<String> command = new ArrayList<>();
        limiter.ifPresent(prlimit -> command.addAll(List.of(
                prlimit.toString(),
                "--as=" + MOST_ADDRESSES,
                "--cpu=" + budget.toSeconds(),
                "--fsize=" + LARGEST_PNG,
                "--core=0")));
        command.addAll(List.of(program.toString(), IN, OUT));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> !PASSED_ON.contains(name));
        builder.environment().put("TMPDIR", folder.toString());
        return builder.start();
    }

    /** @return false when it took too long and was ended */
    private static boolean waitFor(Process process, Duration budget) {
        long end = System.nanoTime() + budget.multipliedBy(PATIENCE).toNanos();
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                Duration computed = process.info().totalCpuDuration().orElse(Duration.ZERO);
                if (computed.compareTo(budget) > 0 || System.nanoTime() > end) {
                    process.destroyForcibly();
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
