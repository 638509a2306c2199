package athanor.sample.render;

import athanor.contracts.run.FailureReason;
import athanor.diffusion.BaseModelException;
import athanor.diffusion.OutOfMemoryException;
import athanor.diffusion.model.ModelFamily;
import athanor.diffusion.pipeline.PictureFeatures;
import athanor.diffusion.pipeline.ThroughAutoencoder;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Draws with the diffusion library, on one thread: libtorch keeps its gradient switch per thread, and two renderings at
 * once would only slow each other down.
 */
public final class DiffusionRenderer implements Renderer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiffusionRenderer.class);

    /** Of LoRA files that were read: some rank 32 ones of SDXL, or many smaller ones. */
    private static final long SHELF = 1L << 30;

    private final LoadedBases bases;
    private final DrawTogether drawing;
    private final Line line = new Line();
    private final Duration keepModel;
    private final ScheduledThreadPoolExecutor thread;
    private volatile boolean closing;

    /**
     * @param pixelsAtOnce pictures of at most this many pixels together are one batch; a larger picture is one alone
     * @param keepModel how long an unused model stays in memory
     */
    public DiffusionRenderer(LoadedBases bases, int pixelsAtOnce, Duration keepModel) {
        this.bases = bases;
        this.drawing = new DrawTogether(
                bases,
                new LoraShelf(Math.min(SHELF, Runtime.getRuntime().maxMemory() / 4)),
                pixelsAtOnce,
                () -> closing);
        this.keepModel = keepModel;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread renderer = new Thread(task, "render");
            renderer.setDaemon(true);
            return renderer;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public String identity(String baseModel) {
        return onRenderThread(() -> bases.identity(baseModel));
    }

    @Override
    public int nativeSide(String baseModel) {
        return said(() -> bases.nativeSide(baseModel));
    }

    @Override
    public ModelFamily family(String baseModel) {
        return said(() -> bases.family(baseModel));
    }

    @Override
    public RenderedPictures render(RenderWish wish, BooleanSupplier cancelled) {
        Waiting mine = new Waiting(wish, cancelled);
        line.join(mine);
        try {
            return onRenderThread(() -> serve(mine));
        } finally {
            line.leave(mine);
        }
    }

    @Override
    public List<float[]> look(
            String baseModel, List<BufferedImage> pictures, String prompt, BooleanSupplier cancelled) {
        return onRenderThread(() -> {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("cancelled before its turn came");
            }
            LoadedBase base = bases.load(baseModel);
            return new PictureFeatures(base.files(), base.model()).of(pictures, prompt);
        });
    }

    @Override
    public BufferedImage throughAutoencoder(String baseModel, BufferedImage picture) {
        return onRenderThread(() -> {
            LoadedBase base = bases.load(baseModel);
            try {
                return new ThroughAutoencoder(base.files(), base.model()).of(picture);
            } catch (IllegalArgumentException e) {
                throw new CannotRenderException(FailureReason.BAD_RECIPE, String.valueOf(e.getMessage()), e);
            }
        });
    }

    private RenderedPictures serve(Waiting mine) {
        try {
            while (mine.drawn() == null) {
                mine.checkThatItIsWanted();
                drawTogether(line.take(mine, drawing.batch(mine.wish().size())));
            }
        } finally {
            line.leave(mine);
        }
        if (mine.isCancelled()) {
            throw new CancellationException("cancelled while it was drawn");
        }
        return Objects.requireNonNull(mine.drawn());
    }

    /** Where several cannot be drawn together each is drawn for itself: what is wrong with one is not the others' fault. */
    private void drawTogether(List<Waiting> together) {
        try {
            drawing.draw(together);
        } catch (CannotRenderException | OutOfMemoryException e) {
            if (together.size() == 1) {
                throw e;
            }
            LOG.info("{} requests cannot be drawn together: {}", together.size(), e.getMessage());
            // The others come to their own turns.
            drawing.draw(together.subList(0, 1));
        }
    }

    private <T> T onRenderThread(Callable<T> work) {
        if (closing) {
            throw stopping();
        }
        Map<String, String> aboutWhat = MDC.getCopyOfContextMap();
        Future<T> result = thread.submit(() -> {
            // Whatever is logged in there belongs to the run that asked.
            MDC.setContextMap(aboutWhat == null ? Map.of() : aboutWhat);
            try {
                return work.call();
            } finally {
                MDC.clear();
            }
        });
        try {
            return result.get();
        } catch (InterruptedException e) {
            throw stopping();
        } catch (ExecutionException e) {
            if (closing) {
                throw stopping();
            }
            throw explained(e.getCause() == null ? e : e.getCause());
        } finally {
            if (!closing) {
                thread.schedule(() -> bases.closeUnusedFor(keepModel), keepModel.toMillis() + 1, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** What the files of a base say needs no turn. */
    private static <T> T said(Supplier<T> ofTheFiles) {
        try {
            return ofTheFiles.get();
        } catch (BaseModelException e) {
            throw explained(e);
        }
    }

    /** Marks the calling thread as interrupted, so that nobody tries again while the service stops. */
    private static IllegalStateException stopping() {
        Thread.currentThread().interrupt();
        return new IllegalStateException("the service stops; what it was drawing will be drawn again");
    }

    static RuntimeException explained(Throwable cause) {
        if (cause instanceof BaseModelException) {
            return new CannotRenderException(
                    FailureReason.BASE_MODEL_UNREADABLE, String.valueOf(cause.getMessage()), cause);
        }
        if (cause instanceof OutOfMemoryException || cause instanceof OutOfMemoryError) {
            return new CannotRenderException(
                    FailureReason.OUT_OF_MEMORY,
                    "the picture does not fit into memory; lower athanor.sample.pixels-at-once or the size of the"
                            + " pictures",
                    cause);
        }
        return cause instanceof RuntimeException unexpected
                ? unexpected
                : new IllegalStateException("rendering failed: " + cause, cause);
    }

    /** What is being drawn is given up between two steps of the sampler. */
    @Override
    public void close() {
        closing = true;
        thread.execute(bases::close);
        thread.shutdown();
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
