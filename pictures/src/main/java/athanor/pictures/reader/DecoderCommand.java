package athanor.pictures.reader;

import athanor.pictures.PictureLimits;
import athanor.pictures.decoder.DecoderProgram;
import athanor.pictures.decoder.Protocol;
import com.twelvemonkeys.image.ImageUtil;
import com.twelvemonkeys.imageio.ImageReaderBase;
import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.io.FileUtil;
import com.twelvemonkeys.lang.Validate;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a decoder is started: the Java that runs us, little memory, and nothing on its class path but what decoding needs. */
final class DecoderCommand {

    /** Twice what the largest decoded picture takes ({@code Decode.MEMORY}), and the file beside it. */
    private static final int HEAP_MEGABYTES = 512;

    /**
     * One class of each jar. Where a service keeps its jars depends on how it was packed, and in tests on the class loader; a
     * class always knows where it came from.
     */
    private static final List<Class<?>> FROM_EACH_JAR = List.of(
            DecoderProgram.class,
            JPEGImageReaderSpi.class,
            WebPImageReaderSpi.class,
            TIFFImageReaderSpi.class,
            ImageReaderBase.class,
            CompoundDirectory.class,
            ImageUtil.class,
            FileUtil.class,
            Validate.class);

    /** Nothing else of our surroundings is a decoder's business, least of all the keys of the store. */
    private static final Set<String> PASSED_ON =
            Set.of("PATH", "SystemRoot", "TEMP", "TMP", "TMPDIR", "LANG", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH");

    private DecoderCommand() {}

    static ProcessBuilder of(PictureLimits limits) {
        return of(DecoderProgram.class, Protocol.arguments(limits));
    }

    /** @param program with a {@code main} */
    static ProcessBuilder of(Class<?> program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx%dm".formatted(HEAP_MEGABYTES),
                "-Xss512k",
                "-XX:MaxMetaspaceSize=64m",
                "-XX:+UseSerialGC",
                // A picture's memory goes back to the machine with the next collection.
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=20",
                "-XX:-ShrinkHeapInSteps",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + Path.of(System.getProperty("java.io.tmpdir"), "athanor-picture-decoder-%p.log"),
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true",
                "-cp",
                Stream.concat(FROM_EACH_JAR.stream(), Stream.of(program))
                        .map(DecoderCommand::origin)
                        .distinct()
                        .collect(Collectors.joining(File.pathSeparator)),
                program.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> !PASSED_ON.contains(name));
        return builder;
    }

    private static String origin(Class<?> known) {
        CodeSource source = known.getProtectionDomain().getCodeSource();
        try {
            if (source == null || !source.getLocation().getProtocol().equals("file")) {
                throw new IllegalStateException(
                        "%s does not come from a file but from %s; decoders need jars on the disk"
                                .formatted(known.getName(), source == null ? "nowhere" : source.getLocation()));
            }
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(
                    "%s comes from %s, which is no file name".formatted(known.getName(), source.getLocation()), e);
        }
    }
}
