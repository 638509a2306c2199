package athanor.sample;

import athanor.diffusion.model.BaseModels;
import athanor.diffusion.program.TorchExit;
import athanor.people.People;
import athanor.pictures.PictureLimits;
import athanor.pictures.reader.PictureReader;
import athanor.sample.later.RenderLater;
import athanor.sample.render.DiffusionRenderer;
import athanor.sample.render.LoadedBases;
import athanor.sample.render.Renderer;
import athanor.sample.request.ReadRequests;
import athanor.shell.CrashGuard;
import athanor.shell.EventPublisher;
import athanor.shell.PictureNews;
import athanor.shell.RunEndings;
import athanor.shell.TenantRuns;
import athanor.store.ObjectStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the use cases together. */
@Singleton
class SampleBeans {

    /** Requests end first, then the step of the sampler. */
    private static final Duration LAST_STEP = Duration.ofSeconds(20);

    private final PictureReader reader =
            new PictureReader(PictureLimits.standard().ofAnyShape(), 1);
    private final People people = People.standard();
    private final DiffusionRenderer drawing;
    private final Renderer renderer;

    SampleBeans(
            SampleSettings settings,
            @ConfigProperty(name = "athanor.base-models", defaultValue = "base-models") String baseModels,
            MeterRegistry metrics) {
        settings.threads().ifPresent(count -> System.setProperty("ai.djl.pytorch.num_threads", count.toString()));
        this.drawing = new DiffusionRenderer(
                new LoadedBases(
                        BaseModels.of(baseModels),
                        settings.device()::options,
                        () -> settings.memoryForBases()
                                .map(MemorySize::asLongValue)
                                .orElseGet(settings.device()::memoryForBases)),
                settings.pixelsAtOnce(),
                settings.keepModel());
        this.renderer = new MeasuredRenderer(drawing, metrics);
    }

    void start(@Observes StartupEvent started) {
        TorchExit.allowToFinish(LAST_STEP);
    }

    /** Early, so that a picture that is being drawn does not hold up the end. */
    void stop(@Observes ShutdownEvent stopped) {
        reader.close();
        drawing.close();
        people.close();
    }

    @Produces
    @Singleton
    Renderer renderer() {
        return renderer;
    }

    @Produces
    @Singleton
    PictureNews news(EventPublisher publisher) {
        return new PictureNews(publisher, "sample/drawing");
    }

    void end(@Disposes PictureNews news) {
        news.close();
    }

    @Produces
    @Singleton
    RenderClassPictures renderClassPictures(
            ObjectStore store, RunEndings endings, CrashGuard crashGuard, PictureNews news, Clock clock) {
        return new RenderClassPictures(store, renderer, endings::isCancelled, crashGuard::moved, news::tell, clock);
    }

    @Produces
    @Singleton
    RenderSamples renderSamples(ObjectStore store, RunEndings endings, PictureNews news, Clock clock) {
        return new RenderSamples(store, reader, renderer, endings::isCancelled, news::tell, clock);
    }

    @Produces
    @Singleton
    ProveTrained proveTrained(ObjectStore store, RunEndings endings, PictureNews news, Clock clock) {
        return new ProveTrained(store, reader, renderer, people, endings::isCancelled, news::tell, clock);
    }

    @Produces
    @Singleton
    ReadRequests readRequests(ObjectStore store, TenantRuns tenantRuns, SampleSettings settings) {
        return new ReadRequests(store, renderer, tenantRuns::sees, settings.guards());
    }

    @Produces
    @Singleton
    RenderLater renderLater(Clock clock) {
        return new RenderLater(clock);
    }

    void end(@Disposes RenderLater renderLater) {
        renderLater.close();
    }

    @Produces
    @Singleton
    RenderRequested renderRequested(
            ObjectStore store, ReadRequests readRequests, RunEndings endings, SampleSettings settings, Clock clock) {
        return new RenderRequested(
                store,
                readRequests,
                renderer,
                run -> endings.erasedAt(run).isPresent(),
                settings.longestRequest(),
                clock);
    }
}
