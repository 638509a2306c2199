package athanor.sample;

import athanor.contracts.ObjectRef;
import athanor.contracts.dataset.ClassBatch;
import athanor.contracts.dataset.ClassPicture;
import athanor.contracts.events.ClassPicturesRendered;
import athanor.contracts.events.ClassPicturesRequested;
import athanor.contracts.events.DrawingProgressed;
import athanor.contracts.json.Json;
import athanor.contracts.run.RunId;
import athanor.pictures.Pixels;
import athanor.sample.render.RenderWish;
import athanor.sample.render.RenderWish.PromptedSeed;
import athanor.sample.render.Renderer;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.Sha256;
import athanor.store.StoreException;
import java.awt.image.BufferedImage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Draws the pictures of a class with the base model alone. Runs that ask for the same picture share it: its key is a
 * hash of everything it depends on, so one that is there already is taken as it is.
 */
public final class RenderClassPictures {

    /** Pictures between two looks into the store: a restart draws at most these again. */
    private static final int AT_ONCE = 8;

    private final ObjectStore store;
    private final Renderer renderer;
    private final Predicate<RunId> cancelled;
    private final Consumer<RunId> moved;
    private final Consumer<DrawingProgressed> news;
    private final Clock clock;

    /**
     * @param cancelled asked while pictures are drawn; they end with a {@link java.util.concurrent.CancellationException}
     * @param moved told when some more pictures are in the store
     * @param news told how far the pictures are, on the thread that draws
     */
    public RenderClassPictures(
            ObjectStore store,
            Renderer renderer,
            Predicate<RunId> cancelled,
            Consumer<RunId> moved,
            Consumer<DrawingProgressed> news,
            Clock clock) {
        this.store = store;
        this.renderer = renderer;
        this.cancelled = cancelled;
        this.moved = moved;
        this.news = news;
        this.clock = clock;
    }

    /** Whether the class pictures of a run are there. */
    public boolean hasRendered(RunId run) {
        return store.stat(ObjectKeys.classPicturesAnnounced(run)).isPresent();
    }

    public ClassPicturesRendered of(ClassPicturesRequested request) {
        String announcement = ObjectKeys.classPicturesAnnounced(request.runId());
        Optional<ClassPicturesRendered> before =
                store.find(announcement).map(found -> Json.read(found.bytes(), ClassPicturesRendered.class));
        if (before.isPresent()) {
            return before.get();
        }
        Instant start = clock.instant();
        String base = renderer.identity(request.baseModel());
        List<ClassPicture> pictures = new ArrayList<>();
        int total = request.batches().stream().mapToInt(ClassBatch::count).sum();
        DrawingCount progress =
                new DrawingCount(request.runId(), DrawingProgressed.Kind.CLASS_PICTURES, total, news, clock);
        long seed = request.seed();
        for (ClassBatch batch : request.batches()) {
            for (int done = 0; done < batch.count(); done += AT_ONCE) {
                int count = Math.min(AT_ONCE, batch.count() - done);
                pictures.addAll(some(request, base, batch, seed, count, progress));
                moved.accept(request.runId());
                seed += count;
            }
        }
        Instant end = clock.instant();
        ClassPicturesRendered rendered = new ClassPicturesRendered(
                request.runId(),
                request.name(),
                pictures,
                Duration.between(start, end).toMillis() / 1000.0,
                end);
        store.put(announcement, Json.bytes(rendered), "application/json");
        return rendered;
    }

    private List<ClassPicture> some(
            ClassPicturesRequested request,
            String base,
            ClassBatch batch,
            long firstSeed,
            int count,
            DrawingCount progress) {
        ClassPicture[] pictures = new ClassPicture[count];
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Optional<ObjectRef> there = there(key(request, base, batch, firstSeed + i));
            if (there.isPresent()) {
                pictures[i] = new ClassPicture(there.get(), request.prompt(), batch.size(), firstSeed + i);
            } else {
                missing.add(i);
            }
        }
        progress.found(count - missing.size());
        if (!missing.isEmpty()) {
            List<BufferedImage> drawn = renderer.render(
                            wish(request, batch, firstSeed, missing).watchedBy(progress.next(missing.size())),
                            () -> cancelled.test(request.runId()))
                    .pictures();
            for (int i = 0; i < drawn.size(); i++) {
                long seed = firstSeed + missing.get(i);
                ObjectRef stored = store.put(key(request, base, batch, seed), Pixels.png(drawn.get(i)), "image/png");
                pictures[missing.get(i)] = new ClassPicture(stored, request.prompt(), batch.size(), seed);
            }
        }
        return List.of(pictures);
    }

    private static RenderWish wish(
            ClassPicturesRequested request, ClassBatch batch, long firstSeed, List<Integer> missing) {
        return new RenderWish(
                request.baseModel(),
                List.of(),
                missing.stream()
                        .map(i -> new PromptedSeed(request.prompt(), firstSeed + i))
                        .toList(),
                "",
                batch.size(),
                request.steps(),
                request.guidance(),
                request.sampler());
    }

    /** One that the disk has damaged is drawn again. */
    private Optional<ObjectRef> there(String key) {
        try {
            return store.find(key)
                    .map(found -> new ObjectRef(store.bucket(), key, found.bytes().length, Sha256.of(found.bytes())));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.DAMAGED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String key(ClassPicturesRequested request, String base, ClassBatch batch, long seed) {
        return ObjectKeys.classPicture(
                base,
                request.prompt(),
                batch.size(),
                request.steps(),
                request.guidance(),
                request.sampler().name(),
                seed);
    }
}
