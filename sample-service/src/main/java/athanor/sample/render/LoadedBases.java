package athanor.sample.render;

import athanor.contracts.run.FailureReason;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.model.BaseModelSearch;
import athanor.diffusion.model.BaseModels;
import athanor.diffusion.runtime.ComputeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The base models of this machine, of which at most one is in memory. Used by the render thread alone. */
public final class LoadedBases implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoadedBases.class);
    private static final int DIGITS_OF_HASH = 16;

    private final BaseModels bases;
    private final Supplier<ComputeOptions> options;
    private final Map<Path, String> identities = new HashMap<>();
    private @Nullable LoadedBase loaded;
    private long lastUsed;

    /** @param options asked when the first base is loaded, because the answer starts libtorch */
    public LoadedBases(BaseModels bases, Supplier<ComputeOptions> options) {
        this.bases = bases;
        this.options = options;
    }

    LoadedBase load(String name) {
        Path path = find(name);
        LoadedBase current = loaded;
        if (current == null || !current.name().equals(name)) {
            // First out, then in: two at once may not fit the card.
            close();
            long start = System.nanoTime();
            current = LoadedBase.load(name, path, options.get());
            loaded = current;
            LOG.info("Loaded {} in {} ms", name, (System.nanoTime() - start) / 1_000_000);
        }
        lastUsed = System.nanoTime();
        return current;
    }

    /** Reads every byte of the weights, once. */
    String identity(String name) {
        return identities.computeIfAbsent(find(name), path -> {
            try (BaseModel files = BaseModel.open(path)) {
                return name + "@" + files.sha256OfWeights().substring(0, DIGITS_OF_HASH);
            }
        });
    }

    int nativeSide(String name) {
        LoadedBase current = loaded;
        if (current != null && current.name().equals(name)) {
            return current.files().nativeSide();
        }
        try (BaseModel files = BaseModel.open(find(name))) {
            return files.nativeSide();
        }
    }

    private Path find(String name) {
        BaseModelSearch search = bases.find(name);
        if (search instanceof BaseModelSearch.Found found) {
            return found.path();
        }
        BaseModelSearch.Unknown unknown = (BaseModelSearch.Unknown) search;
        throw new CannotRenderException(FailureReason.UNKNOWN_BASE_MODEL, unknown.sentence(), null);
    }

    void closeUnusedFor(Duration time) {
        if (loaded != null && System.nanoTime() - lastUsed >= time.toNanos()) {
            LOG.info("{} was not used for {} and leaves the memory", loaded.name(), time);
            close();
        }
    }

    @Override
    public void close() {
        if (loaded != null) {
            loaded.close();
            loaded = null;
        }
    }
}
