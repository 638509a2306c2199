package athanor.people.tflite;

import athanor.people.Detectors;
import java.io.IOException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorflowlite.global.tensorflowlite;

/** Loads the native library and the networks; says why where it cannot. Found by {@link java.util.ServiceLoader}. */
public final class TfliteSource implements Detectors.Source {

    @Override
    public Detectors load() throws Detectors.UnavailableException {
        try (NativeCode unpacked = NativeCode.prepare()) {
            Loader.load(tensorflowlite.class);
            return new TfliteDetectors();
        } catch (LinkageError e) {
            throw new Detectors.UnavailableException(
                    ("TensorFlow Lite does not run on %s %s (%s); it needs Linux with glibc 2.34 or newer, macOS or Windows on"
                                    + " x86_64, or Linux or macOS on arm64")
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), innermost(e)),
                    e);
        } catch (IOException | RuntimeException e) {
            throw new Detectors.UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    /** An ExceptionInInitializerError has no message of its own. */
    private static Throwable innermost(Throwable e) {
        Throwable inner = e;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
