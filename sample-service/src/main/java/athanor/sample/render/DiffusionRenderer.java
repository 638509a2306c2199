package athanor.sample.render;

import athanor.contracts.run.FailureReason;
import athanor.diffusion.BaseModelException;
import athanor.diffusion.OutOfMemoryException;
import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.lora.LoraFileException;
import athanor.diffusion.pipeline.PictureFeatures;
import athanor.diffusion.pipeline.RenderProgress;
import athanor.diffusion.pipeline.RenderRequest;
import athanor.diffusion.pipeline.RenderedPicture;
import athanor.diffusion.pipeline.Rendering;
import athanor.diffusion.pipeline.ThroughAutoencoder;
import athanor.diffusion.runtime.LoraSet;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.MDC;

/**
 * Draws with the diffusion library, on one thread: libtorch keeps its gradient switch per thread, and two renderings at
 * once would only slow each other down.
 */
public final class DiffusionRenderer implements Renderer, AutoCloseable {

    private static final int LARGEST_BATCH = 8;

    private final LoadedBases bases;
    private final int pixelsAtOnce;
    private final Duration keepModel;
    private final ScheduledThreadPoolExecutor thread;
    private volatile boolean closing;

    /**
     * @param pixelsAtOnce pictures of at most this many pixels together are one batch; a larger picture is one alone
     * @param keepModel how long an unused model stays in memory
     */
    public DiffusionRenderer(LoadedBases bases, int pixelsAtOnce, Duration keepModel) {
        this.bases = bases;
        this.pixelsAtOnce = pixelsAtOnce;
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
        return onRenderThread(() -> bases.nativeSide(baseModel));
    }

    @Override
    public RenderedPictures render(RenderWish wish, BooleanSupplier cancelled) {
        return onRenderThread(() -> draw(wish, cancelled));
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

    private RenderedPictures draw(RenderWish wish, BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("cancelled before its turn came");
        }
        LoadedBase base = bases.load(wish.baseModel());
        try {
            Rendering rendering = base.pipeline().render(request(wish), loras(wish.loras()), progress(wish, cancelled));
            return new RenderedPictures(
                    rendering.pictures().stream().map(RenderedPicture::image).toList(), rendering.warnings());
        } catch (LoraFileException | IllegalArgumentException e) {
            // The size does not fit the base, or the LoRA was trained on another kind of base: the sentence says which.
            throw new CannotRenderException(FailureReason.BAD_RECIPE, String.valueOf(e.getMessage()), e);
        }
    }

    private RenderProgress progress(RenderWish wish, BooleanSupplier cancelled) {
        DrawingWatch watch = wish.watch();
        RenderProgress goesOn = (done, total) -> {
            if (watch != null) {
                watch.stepped(done, total);
            }
            return !closing && !cancelled.getAsBoolean();
        };
        return wish.longest() == null ? goesOn : new TimeLimit(wish, wish.longest(), goesOn, System::nanoTime);
    }

    private RenderRequest request(RenderWish wish) {
        long pixels = wish.size().pixels();
        int batch = (int) Math.max(1, Math.min(LARGEST_BATCH, pixelsAtOnce / pixels));
        return new RenderRequest(
                wish.pictures().stream()
                        .map(picture -> new RenderRequest.PromptedSeed(picture.prompt(), picture.seed()))
                        .toList(),
                wish.negativePrompt(),
                wish.size().width(),
                wish.size().height(),
                wish.steps(),
                wish.guidance(),
                LibrarySampler.of(wish.sampler()),
                batch);
    }

    private static LoraSet loras(List<AppliedLora> loras) {
        List<LoraSet.Entry> entries = new ArrayList<>();
        for (AppliedLora lora : loras) {
            entries.add(new LoraSet.Entry(LoraFile.read(lora.sha256(), lora.file()), lora.strength()));
        }
        return LoraSet.of(entries);
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
