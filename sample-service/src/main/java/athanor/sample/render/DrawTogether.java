package athanor.sample.render;

import athanor.contracts.Size;
import athanor.contracts.run.FailureReason;
import athanor.diffusion.lora.LoraFileException;
import athanor.diffusion.pipeline.Refinement;
import athanor.diffusion.pipeline.RenderProgress;
import athanor.diffusion.pipeline.RenderRequest;
import athanor.diffusion.pipeline.RenderedPicture;
import athanor.diffusion.pipeline.Rendering;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.runtime.LoraSet;
import athanor.pictures.Resize;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws what wishes of one batch want: in one pass or two, and once more in float32 what became no numbers. */
final class DrawTogether {

    private static final Logger LOG = LoggerFactory.getLogger(DrawTogether.class);
    static final int LARGEST_BATCH = 8;

    private final LoadedBases bases;
    private final LoraShelf shelf;
    private final int pixelsAtOnce;
    private final BooleanSupplier closing;

    DrawTogether(LoadedBases bases, LoraShelf shelf, int pixelsAtOnce, BooleanSupplier closing) {
        this.bases = bases;
        this.shelf = shelf;
        this.pixelsAtOnce = pixelsAtOnce;
        this.closing = closing;
    }

    /** Pictures of a size that are one batch. */
    int batch(Size size) {
        return (int) Math.max(1, Math.min(LARGEST_BATCH, pixelsAtOnce / size.pixels()));
    }

    /** @param together wishes that differ in prompts and seeds alone; each is told its pictures */
    void draw(List<Waiting> together) {
        List<RenderWish.PromptedSeed> all =
                together.stream().flatMap(one -> one.wish().pictures().stream()).toList();
        RenderWish wish = together.get(0).wish().with(all);
        Drawn drawn = draw(wish, new Progress(wish, together));
        int from = 0;
        for (Waiting one : together) {
            int to = from + one.wish().pictures().size();
            one.drawn(drawn.pictures().subList(from, to), drawn.warnings());
            from = to;
        }
    }

    private record Drawn(List<BufferedImage> pictures, List<String> warnings) {}

    private Drawn draw(RenderWish wish, Progress progress) {
        LoadedBase base = bases.load(wish.baseModel());
        try {
            long start = System.nanoTime();
            LoraSet loras = shelf.of(wish.loras());
            LOG.debug("LoRAs at hand after {} us", (System.nanoTime() - start) / 1_000);
            Rendering rendering = passes(base, wish, loras, progress);
            List<String> warnings = new ArrayList<>(rendering.warnings());
            List<RenderedPicture> pictures = new ArrayList<>(rendering.pictures());
            if (pictures.stream().anyMatch(picture -> !picture.isFinite())) {
                again(base, wish, loras, pictures, warnings);
            }
            return new Drawn(pictures.stream().map(RenderedPicture::image).toList(), warnings);
        } catch (LoraFileException | IllegalArgumentException e) {
            // The size does not fit the base, or the LoRA was trained on another kind of base: the sentence says which.
            throw new CannotRenderException(FailureReason.BAD_RECIPE, String.valueOf(e.getMessage()), e);
        }
    }

    private Rendering passes(LoadedBase base, RenderWish wish, LoraSet loras, Progress progress) {
        FirstPass first = wish.firstPass();
        RenderRequest request = request(wish, wish.size());
        if (first == null) {
            return base.pipeline().render(request, loras, progress.part(0, 1));
        }
        // The second pass takes a share of the steps, each of more pixels: those are what time is spent on.
        double small = first.size().pixels();
        double large = wish.size().pixels() * first.refine();
        double half = small / (small + large);
        Rendering composed = base.pipeline().render(request(wish, first.size()), loras, progress.part(0, half));
        List<BufferedImage> enlarged = composed.pictures().stream()
                .map(picture -> Resize.to(
                        picture.image(), wish.size().width(), wish.size().height()))
                .toList();
        return base.pipeline().refine(request, new Refinement(enlarged, first.refine()), loras, progress.part(half, 1));
    }

    private RenderRequest request(RenderWish wish, Size size) {
        return new RenderRequest(
                wish.pictures().stream()
                        .map(picture -> new RenderRequest.PromptedSeed(picture.prompt(), picture.seed()))
                        .toList(),
                wish.negativePrompt(),
                size.width(),
                size.height(),
                wish.steps(),
                wish.guidance(),
                LibrarySampler.of(wish.sampler()),
                batch(size));
    }

    /** What became no numbers is drawn in float32, whose range is larger; what still is none is said. */
    private void again(
            LoadedBase base, RenderWish wish, LoraSet loras, List<RenderedPicture> pictures, List<String> warnings) {
        List<Integer> broken = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            if (!pictures.get(i).isFinite()) {
                broken.add(i);
            }
        }
        ComputeType type = base.model().options().type();
        if (type != ComputeType.FLOAT32) {
            RenderWish once =
                    wish.with(broken.stream().map(wish.pictures()::get).toList());
            List<RenderedPicture> redrawn = passes(
                            bases.loadInFloat32(wish.baseModel()), once, loras, new Progress(once, List.of()))
                    .pictures();
            for (int i = 0; i < redrawn.size(); i++) {
                pictures.set(broken.get(i), redrawn.get(i));
            }
            warnings.add("%d of %d pictures overflowed in %s and %s drawn again in float32"
                    .formatted(
                            broken.size(),
                            pictures.size(),
                            type.name().toLowerCase(Locale.ROOT),
                            broken.size() == 1 ? "was" : "were"));
        }
        long lost = pictures.stream().filter(picture -> !picture.isFinite()).count();
        if (lost > 0) {
            warnings.add(
                    "%d of %d pictures became no numbers even in float32 and are black there: the LoRA counts too much for this base; lower its strength"
                            .formatted(lost, pictures.size()));
        }
    }

    /** Tells all who wait, and goes on as long as one of them wants it. */
    private final class Progress {

        private final List<Waiting> together;
        private final RenderProgress limited;

        Progress(RenderWish wish, List<Waiting> together) {
            this.together = together;
            RenderProgress goesOn = (done, total) -> !closing.getAsBoolean()
                    && (together.isEmpty() || together.stream().anyMatch(one -> !one.isCancelled()));
            this.limited =
                    wish.longest() == null ? goesOn : new TimeLimit(wish, wish.longest(), goesOn, System::nanoTime);
        }

        /** Of a drawing in several parts; both are shares of the whole. */
        RenderProgress part(double from, double to) {
            return (done, total) -> {
                int all = (int) Math.round(total / (to - from));
                int before = (int) Math.round(from * all);
                int now = done == total && to == 1 ? all : Math.min(before + done, all - (to == 1 ? 0 : 1));
                together.forEach(one -> one.told(now, all));
                return limited.stepped(now, all);
            };
        }
    }
}
