package athanor.sample;

import athanor.diffusion.model.ModelFamily;
import athanor.sample.render.RenderWish;
import athanor.sample.render.RenderedPictures;
import athanor.sample.render.Renderer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Counts pictures and times renderings, the wait for a turn included. */
final class MeasuredRenderer implements Renderer {

    private final Renderer renderer;
    private final MeterRegistry metrics;

    MeasuredRenderer(Renderer renderer, MeterRegistry metrics) {
        this.renderer = renderer;
        this.metrics = metrics;
    }

    @Override
    public RenderedPictures render(RenderWish wish, BooleanSupplier cancelled) {
        Timer.Sample time = Timer.start(metrics);
        RenderedPictures pictures = renderer.render(wish, cancelled);
        time.stop(metrics.timer("athanor.sample.render", "base", wish.baseModel()));
        metrics.counter("athanor.sample.pictures", "base", wish.baseModel())
                .increment(pictures.pictures().size());
        return pictures;
    }

    @Override
    public List<float[]> look(
            String baseModel, List<BufferedImage> pictures, String prompt, BooleanSupplier cancelled) {
        return renderer.look(baseModel, pictures, prompt, cancelled);
    }

    @Override
    public BufferedImage throughAutoencoder(String baseModel, BufferedImage picture) {
        return renderer.throughAutoencoder(baseModel, picture);
    }

    @Override
    public String identity(String baseModel) {
        return renderer.identity(baseModel);
    }

    @Override
    public int nativeSide(String baseModel) {
        return renderer.nativeSide(baseModel);
    }

    @Override
    public ModelFamily family(String baseModel) {
        return renderer.family(baseModel);
    }
}
