package athanor.sample;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.Size;
import athanor.contracts.recipe.SamplerName;
import athanor.diffusion.model.BaseModels;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.sample.render.AppliedLora;
import athanor.sample.render.DiffusionRenderer;
import athanor.sample.render.FirstPass;
import athanor.sample.render.LoadedBases;
import athanor.sample.render.RenderWish;
import athanor.sample.render.RenderedPictures;
import athanor.store.Sha256;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The renderer with real networks of random weights. */
class DrawingTogetherTest {

    private static final Size SIZE = new Size(32, 32);

    private static DiffusionRenderer renderer(ComputeOptions options) {
        return new DiffusionRenderer(
                new LoadedBases(BaseModels.of(RandomBase.FOLDER.toString()), () -> options, () -> 1L << 30),
                8 * 32 * 32,
                Duration.ofMinutes(1));
    }

    private static RenderWish wish(String prompt, long seed, List<AppliedLora> loras) {
        return new RenderWish(
                RandomBase.NAME,
                loras,
                List.of(new RenderWish.PromptedSeed(prompt, seed)),
                "",
                SIZE,
                2,
                3,
                SamplerName.EULER);
    }

    @Test
    void whoWaitsForTheSameBaseIsDrawnInOneBatchAndGetsItsOwnPicture() throws Exception {
        AtomicInteger told = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch allWait = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try (DiffusionRenderer renderer = renderer(ComputeOptions.CPU)) {
            BufferedImage alone = renderer.render(wish("a cat", 3, List.of()), () -> false)
                    .pictures()
                    .get(0);
            // The first holds the thread until the others stand in the line.
            Future<?> first = callers.submit(() -> renderer.render(
                    wish("a dog", 1, List.of()).watchedBy((done, total) -> {
                        begun.countDown();
                        await(allWait);
                    }),
                    () -> false));
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            List<Future<RenderedPictures>> others = new ArrayList<>();
            for (long seed = 2; seed <= 4; seed++) {
                RenderWish wish = wish("a cat", seed, List.of()).watchedBy((done, total) -> told.addAndGet(total));
                others.add(callers.submit(() -> renderer.render(wish, () -> false)));
            }
            Thread.sleep(200);
            allWait.countDown();

            first.get();
            assertThat(others.get(1).get().pictures())
                    .singleElement()
                    .satisfies(picture -> assertThat(picture.getRGB(7, 7)).isEqualTo(alone.getRGB(7, 7)));
            others.get(0).get();
            others.get(2).get();
            assertThat(told.get()).as("two steps of one batch, told to three").isEqualTo(3 * 2 * 2);
        } finally {
            callers.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aLargerPictureIsDrawnSmallFirst() {
        try (DiffusionRenderer renderer = renderer(ComputeOptions.CPU)) {
            AtomicInteger last = new AtomicInteger();
            RenderWish small = wish("a cat", 3, List.of());
            RenderWish large = new RenderWish(
                            RandomBase.NAME, List.of(), small.pictures(), "", new Size(64, 64), 8, 3, SamplerName.EULER)
                    .after(new FirstPass(SIZE, 0.5))
                    .watchedBy((done, total) -> last.set(100 * done / total));

            BufferedImage picture =
                    renderer.render(large, () -> false).pictures().get(0);

            assertThat(picture.getWidth()).isEqualTo(64);
            assertThat(last.get()).isEqualTo(100);
        }
    }

    @Test
    void aPictureThatOverflowsIsDrawnAgainInFloat32AndThatIsSaid() {
        byte[] file = RandomBase.lora(Map.of());
        AppliedLora burning = new AppliedLora(Sha256.of(file), file, 1e6);
        try (DiffusionRenderer renderer = renderer(ComputeOptions.CPU.in(ComputeType.FLOAT16))) {
            RenderedPictures drawn = renderer.render(wish("a cat", 3, List.of(burning)), () -> false);

            assertThat(drawn.warnings())
                    .contains("1 of 1 pictures overflowed in float16 and was drawn again in float32");
            assertThat(drawn.pictures()).hasSize(1);
        }
    }
}
