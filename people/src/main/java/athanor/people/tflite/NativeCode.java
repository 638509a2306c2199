package athanor.people.tflite;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What JavaCPP has to know before its first class is touched. It unpacks 12 MB of native code into {@code ~/.javacpp}; where the
 * home cannot be written, into a folder of this process alone. (Its own next choice is a folder in {@code /tmp} whose name
 * anybody could guess, and fill.)
 */
final class NativeCode implements AutoCloseable {

    private static final String CACHE = "org.bytedeco.javacpp.cachedir";

    private final @Nullable Path ownFolder;

    private NativeCode(@Nullable Path ownFolder) {
        this.ownFolder = ownFolder;
    }

    static NativeCode prepare() throws IOException {
        // Memory is given back where it was taken, so JavaCPP needs no thread that waits for the garbage collector; and
        // it
        // shall not refuse to work because something else in the process holds native memory (it looks at all of it).
        setUnlessSet("org.bytedeco.javacpp.nopointergc", "true");
        setUnlessSet("org.bytedeco.javacpp.maxphysicalbytes", "0");
        if (System.getProperty(CACHE) != null
                || canWrite(Path.of(System.getProperty("user.home"), ".javacpp", "cache"))) {
            return new NativeCode(null);
        }
        Path own = Files.createTempDirectory("athanor-people-");
        System.setProperty(CACHE, own.toString());
        return new NativeCode(own);
    }

    private static boolean canWrite(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "athanor", ""));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** What was unpacked for this process alone goes when it ends. */
    @Override
    public void close() throws IOException {
        if (ownFolder == null) {
            return;
        }
        try (Stream<Path> unpacked = Files.walk(ownFolder)) {
            List<File> outerFirst = unpacked.map(Path::toFile).toList(); // deleted in the reverse order
            outerFirst.forEach(File::deleteOnExit);
        }
    }
}
