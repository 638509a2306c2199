package athanor.people;

import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The door: looks at pictures and says who is in them. Loads its detectors with the first look. Where this machine cannot run
 * them, every answer is empty ("not measured"), and the reason is said once in the log. Used by any number of threads; whoever
 * makes one keeps it for the life of the process, or closes it.
 */
public final class People implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(People.class.getName());

    private final Optional<Detectors.Source> source;
    private boolean asked;
    private boolean closed;
    private @Nullable Detectors detectors;
    private String detector = "not measured: nobody has looked yet";

    People(Optional<Detectors.Source> source) {
        this.source = source;
    }

    /** With the detectors that are on the class path. */
    public static People standard() {
        return new People(ServiceLoader.load(Detectors.Source.class, People.class.getClassLoader())
                .findFirst());
    }

    /** Who never looks: every answer is empty. */
    public static People none() {
        return new People(Optional.empty());
    }

    /** Faces and pose; empty: not measured. */
    public Optional<PeopleSeen> look(BufferedImage picture) {
        return with(ready -> new PeopleSeen(ready.faces(picture), ready.pose(picture), ready.name()));
    }

    /** What of the picture belongs to people; empty: not measured. */
    public Optional<Matte> matte(BufferedImage picture) {
        return with(ready -> ready.matte(picture));
    }

    /** Who looks, with version; or "not measured" and why. Loads the detectors if nobody has yet. */
    public String detector() {
        detectors();
        synchronized (this) {
            return detector;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (detectors != null) {
            detectors.close();
            detectors = null;
        }
    }

    private <T> Optional<T> with(Function<Detectors, T> look) {
        return detectors().map(look);
    }

    private synchronized Optional<Detectors> detectors() {
        if (closed) {
            throw new IllegalStateException("these people were closed; look before closing, or make new ones");
        }
        if (!asked) {
            asked = true;
            load();
        }
        return Optional.ofNullable(detectors);
    }

    private void load() {
        if (source.isEmpty()) {
            unavailable("no detectors are on the class path", null);
            return;
        }
        try {
            detectors = source.get().load();
            detector = detectors.name();
        } catch (Detectors.UnavailableException e) {
            unavailable(String.valueOf(e.getMessage()), e.getCause());
        }
    }

    private void unavailable(String reason, @Nullable Throwable cause) {
        detector = "not measured: " + reason;
        LOG.log(System.Logger.Level.WARNING, "faces, poses and mattes are " + detector);
        LOG.log(System.Logger.Level.DEBUG, "why detectors cannot be loaded", cause);
    }
}
