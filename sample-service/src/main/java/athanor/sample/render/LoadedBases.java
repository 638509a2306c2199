package athanor.sample.render;

import athanor.contracts.run.FailureReason;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.model.BaseModelSearch;
import athanor.diffusion.model.BaseModels;
import athanor.diffusion.model.ModelFamily;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.runtime.ComputeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The base models of this machine. As many are in memory as fit a budget, and the least recently used leave first. Used by the
 * render thread alone, but for what is said otherwise.
 */
public final class LoadedBases implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoadedBases.class);
    private static final int DIGITS_OF_HASH = 16;
    private static final double MEBIBYTE = 1 << 20;

    private final BaseModels bases;
    private final Supplier<ComputeOptions> options;
    private final LongSupplier budget;
    private final Map<Path, String> identities = new HashMap<>();
    private final Map<Path, Kind> kinds = new ConcurrentHashMap<>();

    /** The least recently used first. */
    private final Map<Key, InMemory> loaded = new LinkedHashMap<>(16, 0.75f, true);

    /** A base may be there twice: as it is drawn with, and in float32 for pictures that became no numbers. */
    private record Key(String name, ComputeType type) {}

    /** What the files of a base say of it. */
    private record Kind(ModelFamily family, int nativeSide) {}

    private record InMemory(LoadedBase base, long lastUsed) {}

    /**
     * @param options asked when a base is loaded, because the answer starts libtorch
     * @param budget bytes of weights, asked at the same time; one base is loaded whatever its size
     */
    public LoadedBases(BaseModels bases, Supplier<ComputeOptions> options, LongSupplier budget) {
        this.bases = bases;
        this.options = options;
        this.budget = budget;
    }

    LoadedBase load(String name) {
        return load(name, options.get());
    }

    /** For pictures that overflow in the numbers that they are drawn with. */
    LoadedBase loadInFloat32(String name) {
        return load(name, options.get().in(ComputeType.FLOAT32));
    }

    private LoadedBase load(String name, ComputeOptions how) {
        Path path = find(name);
        Key key = new Key(name, how.type());
        InMemory there = loaded.get(key);
        LoadedBase base = there == null ? loadedNow(key, path, how) : there.base();
        loaded.put(key, new InMemory(base, System.nanoTime()));
        return base;
    }

    private LoadedBase loadedNow(Key key, Path path, ComputeOptions how) {
        long bytes = bytes(path, how);
        // First out, then in: both at once may not fit.
        makeRoom(budget.getAsLong() - bytes);
        long start = System.nanoTime();
        LoadedBase base = LoadedBase.load(key.name(), path, how, bytes);
        LOG.info(
                "Loaded {} in {} ms: {} MiB of weights in {}; {} base(s) in memory",
                key.name(),
                (System.nanoTime() - start) / 1_000_000,
                Math.round(bytes / MEBIBYTE),
                how.type(),
                loaded.size() + 1);
        return base;
    }

    private void makeRoom(long most) {
        Iterator<InMemory> oldest = loaded.values().iterator();
        while (bytesInMemory() > Math.max(0, most) && oldest.hasNext()) {
            LoadedBase leaving = oldest.next().base();
            LOG.info("{} leaves the memory for another base", leaving.name());
            oldest.remove();
            leaving.close();
        }
    }

    private long bytesInMemory() {
        return loaded.values().stream().mapToLong(there -> there.base().bytes()).sum();
    }

    private static long bytes(Path path, ComputeOptions how) {
        try (BaseModel files = BaseModel.open(path)) {
            return files.numbers() * how.type().bytes() + files.numbersOfAutoencoder() * ComputeType.FLOAT32.bytes();
        }
    }

    /** The names of those in memory, the least recently used first. */
    List<String> namesInMemory() {
        return loaded.keySet().stream().map(Key::name).toList();
    }

    /** May be asked by any thread, and does not wait for what is drawn. */
    ModelFamily family(String name) {
        return kind(name).family();
    }

    /** May be asked by any thread, and does not wait for what is drawn. */
    int nativeSide(String name) {
        return kind(name).nativeSide();
    }

    private Kind kind(String name) {
        return kinds.computeIfAbsent(find(name), path -> {
            try (BaseModel files = BaseModel.open(path)) {
                return new Kind(files.family(), files.nativeSide());
            }
        });
    }

    /** Reads every byte of the weights, once. */
    String identity(String name) {
        return identities.computeIfAbsent(find(name), path -> {
            try (BaseModel files = BaseModel.open(path)) {
                return name + "@" + files.sha256OfWeights().substring(0, DIGITS_OF_HASH);
            }
        });
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
        loaded.values().removeIf(there -> {
            boolean unused = System.nanoTime() - there.lastUsed() >= time.toNanos();
            if (unused) {
                LOG.info(
                        "{} was not used for {} and leaves the memory",
                        there.base().name(),
                        time);
                there.base().close();
            }
            return unused;
        });
    }

    @Override
    public void close() {
        loaded.values().forEach(there -> there.base().close());
        loaded.clear();
    }
}
